// A guest fills the machine; two at a time would only make both slow.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
