using System.Buffers.Binary;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser;
using Mdev.Sdk.VfioUser.Messages;
using Mdev.Sdk.VfioUser.Polling;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests.VfioUser;

/// <summary>A stream between two ends of this process: what it holds while it waits.</summary>
public sealed class MessageStreamTests : IDisposable
{
    private const int Small = 2 * 8192;
    private const int Large = 300_000;

    private readonly ScratchDevice _device = new();
    private readonly SafeFileHandle _ours, _theirs;
    private readonly MessageStream _stream;

    public MessageStreamTests()
    {
        Assert.True(UnixSocket.TryMakePair(out _ours, out _theirs));
        var polling = new AdaptivePolling(TimeSpan.FromMicroseconds(20), new PollBudget(1), TimeProvider.System);
        _stream = new MessageStream(Descriptor(_ours), _device, polling, new Nowhere());
    }

    public void Dispose()
    {
        _stream.Dispose();
        _ours.Dispose();
        _theirs.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void Buffers_that_a_large_message_has_made_grow_are_small_again_when_nothing_has_come_for_a_while()
    {
        Assert.Equal(Small, _stream.Capacity);
        Thread sending = Begin(() => Send(Large));
        Receive(Large);
        sending.Join();
        _stream.ReplyPayload(Large);
        Assert.True(_stream.Capacity >= 2 * Large);

        // Whenever this one comes: it is received, and when it comes late the buffers have shrunk.
        sending = Begin(() =>
        {
            SpinWait.SpinUntil(() => _stream.Capacity == Small, TimeSpan.FromSeconds(30));
            Send(20);
        });
        Receive(20);
        sending.Join();
        Assert.Equal(Small, _stream.Capacity);
    }

    [Fact]
    public void The_buffer_of_a_large_request_is_small_again_when_nothing_has_come_for_a_while()
    {
        Thread reading = Begin(() =>
        {
            byte[] request = new byte[Large];
            for (int received = 0; received < Large;)
                received += (int)UnixSocket.Receive(Descriptor(_theirs), request.AsSpan(received), [], out _);
        });
        Assert.True(_stream.Sender.TryEnter());
        _stream.Sender.Room(Large).Clear();
        while (!_stream.Sender.TryFinish())
            Thread.Yield();
        _stream.Sender.Exit();
        reading.Join();
        Assert.True(_stream.Sender.Capacity >= Large);

        Thread sending = Begin(() =>
        {
            SpinWait.SpinUntil(() => _stream.Sender.Capacity < Large, TimeSpan.FromSeconds(30));
            Send(20);
        });
        Receive(20);
        sending.Join();
        Assert.Equal(Small / 2, _stream.Sender.Capacity);
    }

    [Fact]
    public void Buffers_stay_large_from_one_large_message_to_the_next()
    {
        for (int i = 0; i < 3; i++)
        {
            Thread sending = Begin(() => Send(Large));
            Receive(Large);
            sending.Join();
            Assert.True(_stream.Capacity >= Large);
        }
    }

    [Fact]
    public void Buffers_are_small_again_after_many_small_messages_also_where_they_never_end()
    {
        Thread sending = Begin(() => Send(Large));
        Receive(Large);
        sending.Join();
        bool shrunk = false;
        for (int i = 0; i < 5000 && !shrunk; i++)
        {
            // After the receive has begun to wait, most of the time.
            sending = Begin(() => Send(20));
            Receive(20);
            sending.Join();
            shrunk = _stream.Capacity == Small;
        }
        Assert.True(shrunk);
    }

    private void Receive(int size)
    {
        Assert.Equal(ReceiveResult.Message, _stream.Receive(out Message message));
        Assert.Equal((uint)size, message.Header.Size);
    }

    private void Send(int size)
    {
        byte[] message = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), size);
        Assert.True(UnixSocket.Send(Descriptor(_theirs), message));
    }

    private static Thread Begin(ThreadStart send)
    {
        var thread = new Thread(send) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static int Descriptor(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private sealed class Nowhere : IBodyPlaces
    {
        public Span<byte> Find(in MessageHeader header, ReadOnlySpan<byte> head) => default;
    }
}
