package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A call as large as one may be, all of it drafted orders whose words have to be read. */
public final class LargeCall {

    private static final int LARGE = 3_900_000;
    private static final int MOST_ENTRIES = 4900;

    private LargeCall() {}

    /** Grown from a call that drafts an order. */
    public static ObjectNode of(ObjectNode small) {
        var call = small.deepCopy();
        var orders = ((ObjectNode) call.path("context").path("draftOrders")).withArray("entry");
        var order = (ObjectNode) orders.path(0).path("resource");
        var room = LARGE - call.toString().length();
        for (int i = 0; room > 0 && i < MOST_ENTRIES; i++) {
            var another = order.deepCopy().put("id", "another-" + i);
            another.withArray("dosageInstruction")
                    .addObject()
                    .put("text", "Take 0.5 mg by mouth on day " + i + ", then 1 tablet twice weekly with food " + i);
            room -= another.toString().length() + 20;
            orders.addObject().set("resource", another);
        }
        return call;
    }
}
