-- Nothing looks a decision up by its hookInstance, and keeping an index of random keys took a tenth of each write.
drop index decision_hook_instance;
