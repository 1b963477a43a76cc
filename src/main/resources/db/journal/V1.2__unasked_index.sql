-- Nothing looks a decision up by its hookInstance, and an index of random keys is the dearest to keep.
drop index decision_hook_instance;
