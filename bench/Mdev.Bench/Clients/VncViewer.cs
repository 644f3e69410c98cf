using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Mdev.Bench.Clients;

/// <summary>A viewer that asks for what has changed, as soon as it has read the last of it, and looks at nothing. Source: RFC 6143.</summary>
internal sealed class VncViewer : IDisposable
{
    public const int Raw = 0, Zrle = 16;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _bytes = new byte[1 << 20];
    private readonly int _encoding;
    private readonly Thread _thread;
    private long _received, _updates;

    public VncViewer(int port, int encoding)
    {
        _encoding = encoding;
        _socket.Connect(IPAddress.Loopback, port);
        Read(12);
        _socket.Send("RFB 003.008\n"u8);
        Read(2);
        _socket.Send([1]);
        Read(4);
        _socket.Send([1]);
        Read(24);
        Read((int)BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(20)));
        _socket.Send([2, 0, 0, 1, 0, 0, 0, (byte)encoding]);
        _thread = new Thread(Follow) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Bytes so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Updates so far.</summary>
    public long Updates => Interlocked.Read(ref _updates);

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Follow()
    {
        try
        {
            for (byte incremental = 0; ; incremental = 1)
            {
                _socket.Send([3, incremental, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
                Read(4);
                for (int left = BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(2)); left > 0; left--)
                    SkipRectangle();
                Interlocked.Increment(ref _updates);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            // It has seen enough.
        }
    }

    private void SkipRectangle()
    {
        Read(12);
        long length = 4L * BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(4)) * BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(6));
        if (_encoding == Zrle)
        {
            Read(4);
            length = BinaryPrimitives.ReadUInt32BigEndian(_bytes);
        }
        for (; length > 0; length -= _bytes.Length)
            Read((int)Math.Min(length, _bytes.Length));
    }

    private void Read(int count)
    {
        for (int have = 0; have < count;)
        {
            int received = _socket.Receive(_bytes.AsSpan(have, count - have));
            have += received > 0 ? received : throw new EndOfStreamException();
            Interlocked.Add(ref _received, received);
        }
    }
}
