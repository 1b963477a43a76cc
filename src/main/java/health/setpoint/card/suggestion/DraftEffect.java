package health.setpoint.card.suggestion;

import health.setpoint.titration.advice.OrderAction;

/** Whether an action has an effect on what is drafted: the draft goes, or something takes its place. */
class DraftEffect implements OrderAction.Cases<Boolean> {

    @Override
    public Boolean deleteDraft(OrderAction.DeleteDraft delete) {
        return true;
    }

    @Override
    public Boolean reviseDraft(OrderAction.ReviseDraft revise) {
        return true;
    }

    @Override
    public Boolean reviseOrder(OrderAction.ReviseOrder revise) {
        return false;
    }

    @Override
    public Boolean holdOrder(OrderAction.HoldOrder hold) {
        return false;
    }

    @Override
    public Boolean stopOrder(OrderAction.StopOrder stop) {
        return false;
    }

    @Override
    public Boolean createOrder(OrderAction.CreateOrder create) {
        return true;
    }

    @Override
    public Boolean orderLabs(OrderAction.OrderLabs labs) {
        return false;
    }
}
