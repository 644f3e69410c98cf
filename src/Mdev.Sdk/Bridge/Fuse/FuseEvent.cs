namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>What a connection's thread waits for.</summary>
internal enum FuseEvent
{
    /// <summary>There will be no more: it is unmounted, or the thread was told to stop.</summary>
    Ended,

    /// <summary>A request.</summary>
    Request,

    /// <summary>Something has changed that callers may be waiting for.</summary>
    Woken,
}
