using Mdev.Sdk;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mdev.Bench.Interop;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Testing;

namespace Mdev.Bench.Clients;

/// <summary>
/// The least a client can do: send a frame made before, receive the reply. Mdev.Sdk.Testing's client negotiates for it;
/// in the measured loop, its checks would be a part of every figure.
/// </summary>
internal sealed unsafe class RawClient : IDisposable
{
    private const int HeaderSize = 16;
    private const uint ErrorFlag = 0x20;
    private const int Largest = 32 + (1 << 20);

    private readonly VfioUserClient _client;
    private readonly int _descriptor;
    private readonly byte* _reply = (byte*)NativeMemory.AllocZeroed(Largest);

    private RawClient(VfioUserClient client, int descriptor) => (_client, _descriptor) = (client, descriptor);

    /// <summary>The same connection by Mdev.Sdk.Testing's means, for what is not measured.</summary>
    public VfioUserClient Checked => _client;

    /// <summary>Told when a measured run begins, by true, and when it has ended.</summary>
    public Action<bool>? Turn { get; set; }

    /// <summary>Connects and negotiates. A program that does not say when it is ready is tried for a while.</summary>
    public static RawClient Connect(string path)
    {
        var connecting = Stopwatch.StartNew();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                var client = new VfioUserClient(new VfioUserConnection(socket));
                client.Negotiate();
                return new RawClient(client, (int)socket.Handle);
            }
            catch (SocketException) when (connecting.Elapsed < TimeSpan.FromSeconds(10))
            {
                socket.Dispose();
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>Round trips of one frame.</summary>
    /// <param name="request">A frame that is answered.</param>
    /// <param name="ticks">Receives how long each took.</param>
    public void RoundTrips(Frame request, Span<long> ticks)
    {
        Turn?.Invoke(true);
        fixed (byte* bytes = request.Bytes)
        {
            nuint length = (nuint)request.Bytes.Length;
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < ticks.Length; i++)
            {
                Send(bytes, length);
                Receive(request.ReplySize);
                long after = Stopwatch.GetTimestamp();
                ticks[i] = after - before;
                before = after;
            }
        }
        Turn?.Invoke(false);
    }

    /// <summary>The median of some round trips, in microseconds.</summary>
    public double MedianRoundTrip(Frame request, int count)
    {
        var ticks = new long[count];
        RoundTrips(request, ticks);
        Array.Sort(ticks);
        return ticks[count / 2] * 1e6 / Stopwatch.Frequency;
    }

    /// <summary>Sends posted frames, one a system call as a virtual CPU does, and waits until the server has seen all.</summary>
    /// <returns>Frames a second, in thousands.</returns>
    public double PostedRate(Frame posted, Frame last, int count)
    {
        Turn?.Invoke(true);
        long start = Stopwatch.GetTimestamp();
        fixed (byte* bytes = posted.Bytes, end = last.Bytes)
        {
            for (int i = 0; i < count; i++)
                Send(bytes, (nuint)posted.Bytes.Length);
            Send(end, (nuint)last.Bytes.Length);
            Receive(last.ReplySize);
        }
        double rate = count / Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Turn?.Invoke(false);
        return rate;
    }

    public void Dispose()
    {
        _client.Dispose();
        NativeMemory.Free(_reply);
    }

    private void Send(byte* bytes, nuint length)
    {
        nuint sent = 0;
        while (sent < length)
        {
            nint n = Libc.send(_descriptor, bytes + sent, length - sent, Libc.MSG_NOSIGNAL);
            if (n < 0 && Libc.LastError == Errno.EINTR)
                continue;
            if (n < 0)
                throw new IOException($"The server does not take a request ({Libc.LastError}).");
            sent += (nuint)n;
        }
    }

    private void Receive(int size)
    {
        nint received = 0;
        while (received < size)
        {
            nint n = BenchLibc.recv(_descriptor, _reply + received, (nuint)(size - received), 0);
            if (n < 0 && Libc.LastError == Errno.EINTR)
                continue;
            if (n <= 0)
                throw new IOException($"The server does not answer ({(n == 0 ? "closed" : Libc.LastError)}).");
            received += n;

            // A refusal is a header alone: waiting for more would be for ever.
            if (received >= HeaderSize && (*(uint*)(_reply + 8) & ErrorFlag) != 0)
                throw new IOException($"The server refuses the access ({(Errno)(*(uint*)(_reply + 12))}).");
        }
    }
}
