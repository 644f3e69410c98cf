// Tests count descriptors, threads and mounts of this process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
