// Descriptors and threads of this process are counted, and two cores are few: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
