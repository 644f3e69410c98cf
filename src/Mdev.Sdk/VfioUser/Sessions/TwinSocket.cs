using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser.Messages;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>
/// A second socket, on which only the server sends commands and only the client answers. Source: vfio-user, "VFIO_USER_VERSION",
/// twin_socket.
/// </summary>
/// <remarks>Answers are taken by .NET's thread pool as they come: a client that is not asked costs no thread.</remarks>
internal sealed class TwinSocket : IDisposable
{
    private const int InitialCapacity = 4096;

    private readonly Socket _socket;
    private readonly SafeFileHandle _offered;

    private TwinSocket(Socket socket, SafeFileHandle offered) =>
        (_socket, _offered, Sender) = (socket, offered, new MessageSender((int)socket.Handle));

    /// <summary>Where commands go out.</summary>
    public MessageSender Sender { get; }

    /// <summary>The client's end, until <see cref="EndOffer"/>.</summary>
    public int Offered => (int)_offered.DangerousGetHandle();

    /// <summary>Makes one.</summary>
    /// <returns><see langword="null"/> if this process has no descriptors left.</returns>
    public static TwinSocket? TryMake()
    {
        if (!UnixSocket.TryMakePair(out SafeFileHandle ours, out SafeFileHandle theirs))
            return null;
        var handle = new SafeSocketHandle(ours.DangerousGetHandle(), ownsHandle: true);
        ours.SetHandleAsInvalid();
        return new TwinSocket(new Socket(handle), theirs);
    }

    /// <summary>The client has its end, or will not get it.</summary>
    public void EndOffer() => _offered.Dispose();

    /// <summary>Takes answers until either side closes the socket.</summary>
    /// <param name="messages">Who has asked.</param>
    /// <param name="lost">Told the size of a message that is no answer; nothing is taken from there on.</param>
    public void Start(DmaMessages messages, Action<uint> lost) => _ = TakeRepliesAsync(messages, lost);

    public void Dispose()
    {
        // A thread that waits for room to send has the sender.
        _ = Libc.shutdown((int)_socket.Handle, Libc.SHUT_RDWR);
        Sender.Dispose();
        _socket.Dispose();
        _offered.Dispose();
    }

    private async Task TakeRepliesAsync(DmaMessages messages, Action<uint> lost)
    {
        try
        {
            byte[] buffer = new byte[InitialCapacity];
            for (int held = 0; ;)
            {
                // Descriptors are not asked for, and the kernel closes those that come.
                int received = await _socket.ReceiveAsync(buffer.AsMemory(held)).ConfigureAwait(false);
                if (received == 0)
                    break;
                held += received;
                if (!TryTake(messages, ref buffer, ref held, out uint size))
                {
                    lost(size);
                    break;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has been closed, and whoever waits is told so below.
        }
        messages.Dispose();
    }

    // All whole messages there are; what is left moves to the front, with room for what belongs to it.
    private static bool TryTake(DmaMessages messages, ref byte[] buffer, ref int held, out uint size)
    {
        int start = 0, needed = MessageHeader.Length;
        size = 0;
        while (held - start >= MessageHeader.Length)
        {
            var header = MemoryMarshal.Read<MessageHeader>(buffer.AsSpan(start));
            size = header.Size;
            if (size is < MessageHeader.Length or > Limits.MaxMessage || !header.IsReply)
                return false;
            needed = (int)size;
            if (held - start < needed)
                break;
            if (!messages.TryTakeReply(header, buffer.AsSpan(start, needed)[MessageHeader.Length..]))
                return false;
            start += needed;
            needed = MessageHeader.Length;
        }

        held -= start;
        byte[] target = needed <= buffer.Length ? buffer : new byte[needed];
        buffer.AsSpan(start, held).CopyTo(target);
        buffer = target;
        return true;
    }
}
