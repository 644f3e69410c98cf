// Descriptors are handed to children by inheritance, so no other child may be started meanwhile: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
