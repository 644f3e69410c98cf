using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mdev.Bench.Interop;
using Mdev.Sdk.Interop;

namespace Mdev.Bench.Servers;

/// <summary>
/// The floor: receive a frame, send a canned reply; no device, no checks, nothing that could be left out. It answers with
/// the request's own bytes, which happens to satisfy a client for every command.
/// </summary>
internal sealed unsafe class FloorServer
{
    private const int Head = 32;
    private const ushort RegionRead = 9, RegionWrite = 10;
    private const uint ReplyFlag = 1, NoReplyFlag = 0x10;
    private const int Largest = Head + (1 << 20);

    private readonly byte* _in = (byte*)NativeMemory.Alloc(Largest);
    private readonly byte* _out = (byte*)NativeMemory.AllocZeroed(Largest);

    /// <summary>Serves one client after the other for as long as the process lives.</summary>
    public static void Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        new Thread(() => new FloorServer().Run(listener)) { IsBackground = true }.Start();
    }

    private void Run(Socket listener)
    {
        while (true)
        {
            using Socket client = listener.Accept();
            Serve((int)client.Handle);
        }
    }

    private void Serve(int socket)
    {
        nint held = 0;
        while (true)
        {
            nint received = BenchLibc.recv(socket, _in + held, (nuint)(Largest - held), 0);
            if (received <= 0)
                return;
            held += received;

            byte* frame = _in;
            while (held >= 16 && *(uint*)(frame + 4) is var size && held >= size)
            {
                if ((*(uint*)(frame + 8) & NoReplyFlag) == 0 && !Answer(socket, frame, (int)size))
                    return;
                frame += size;
                held -= (nint)size;
            }
            if (held > 0 && frame != _in)
                Buffer.MemoryCopy(frame, _in, Largest, held);
        }
    }

    private bool Answer(int socket, byte* frame, int size)
    {
        int length = *(ushort*)(frame + 2) switch
        {
            RegionRead => Head + *(int*)(frame + 28),
            RegionWrite => Head,
            _ => size,
        };
        new ReadOnlySpan<byte>(frame, Math.Min(size, length)).CopyTo(new Span<byte>(_out, Largest));
        *(int*)(_out + 4) = length;
        *(uint*)(_out + 8) = ReplyFlag;

        nint sent = 0;
        while (sent < length)
        {
            nint n = Libc.send(socket, _out + sent, (nuint)(length - sent), Libc.MSG_NOSIGNAL);
            if (n < 0)
                return false;
            sent += n;
        }
        return true;
    }
}
