using System.Net.Sockets;
using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>The socket on which a server sends commands of its own. Source: vfio-user, "twin_socket".</summary>
internal sealed class TwinConnection : IDisposable
{
    private readonly RawSocket _socket;
    private readonly Func<byte[], Line?>? _answer;
    private readonly byte[] _chunk = new byte[1 << 12];
    private readonly List<SafeFileHandle> _received = [];

    public TwinConnection(SafeFileHandle handle, Func<byte[], Line?>? answer)
    {
        _socket = new RawSocket(new Socket(new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true)));
        _answer = answer;
        handle.SetHandleAsInvalid();
    }

    /// <summary>Answers what has come, if anything.</summary>
    /// <returns><see langword="false"/> if the server may take it amiss.</returns>
    public bool Turn()
    {
        int received = _socket.Receive(_chunk, _received);
        if (received < 0)
            return false;
        if (received < 16)
            return true;

        // Only the first of several is answered, and perhaps wrongly.
        Line? answer = _answer?.Invoke(_chunk[..received]);
        if (answer is not null)
            _ = _socket.Send(answer.Bytes, []);
        return false;
    }

    public void Dispose()
    {
        _received.ForEach(descriptor => descriptor.Dispose());
        _socket.Dispose();
    }
}
