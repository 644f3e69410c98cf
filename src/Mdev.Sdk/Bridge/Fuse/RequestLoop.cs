using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>What the thread of a connection does: calls on open files it makes itself, everything else is its owner's.</summary>
internal static class RequestLoop
{
    /// <summary>Takes a request that is no call on an open file, and answers it.</summary>
    /// <param name="header">The request's header.</param>
    /// <param name="body">What follows it.</param>
    public delegate void Handler(in RequestHeader header, Span<byte> body);

    /// <summary>Serves until the connection ends; then all files are closed, and it. By the thread itself: a handler may be what ends it.</summary>
    public static void Run(FuseConnection connection, OpenFiles files, Handler take)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(OpenFiles.BufferSize, pinned: true);
        while (true)
        {
            switch (connection.Wait(buffer, out int length))
            {
                case FuseEvent.Ended:
                    files.End();
                    connection.Dispose();
                    return;
                case FuseEvent.Woken:
                    files.Retry();
                    break;
                case FuseEvent.Request when RequestHeader.TryRead(buffer.AsSpan(0, length), out RequestHeader header, out Span<byte> body):
                    if (!files.TryTake(header, body))
                        take(header, body);
                    break;
            }
        }
    }
}
