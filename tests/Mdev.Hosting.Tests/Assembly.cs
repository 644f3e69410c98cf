// Runtime directory, descriptors handed to children, environment: a process has one of each. One test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
