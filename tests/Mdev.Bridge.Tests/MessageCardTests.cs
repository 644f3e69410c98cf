using System.Runtime.InteropServices;
using System.Text;
using Mdev.Devices;

namespace Mdev.Bridge.Tests;

/// <summary>A vendor's character device as a file of its folder, and the guest's end of the same card by its registers.</summary>
public sealed class MessageCardTests : IDisposable
{
    private const int ReceiveDone = 0x18, SendData = 0x1c, SendLength = 0x20;

    private readonly RuntimeFolder _runtime = new();
    private readonly BridgedHost _host;
    private readonly string _name;

    public MessageCardTests()
    {
        _host = BridgedHost.Start(_runtime.Path, "mq");
        _name = _host[$"mq-{_host.Uuid[..8]}"];
    }

    [NeedsFact(Need.Fuse)]
    public void A_message_of_the_guest_wakes_who_reads_and_who_polls()
    {
        using HostFile file = HostFile.Open(_name, HostFile.NonBlocking), waiting = HostFile.Open(_name);
        byte[] message = new byte[16];
        Assert.Equal(-(long)Errno.EAGAIN, file.Read(message));
        Assert.Equal(0, file.Poll(0));

        Task<long> read = Task.Run(() => waiting.Read(message));
        Send("ping");
        Assert.Equal(4, read.Result);
        Assert.Equal("ping", Encoding.ASCII.GetString(message, 0, 4));

        Task<short> polled = Task.Run(() => file.Poll(10_000));
        Send("pong");
        Assert.Equal(HostFile.In, polled.Result);
        Assert.Equal(4, file.Read(message));
    }

    [NeedsFact(Need.Fuse)]
    public void A_writer_waits_until_the_guest_has_taken_a_message()
    {
        using HostFile file = HostFile.Open(_name, HostFile.NonBlocking), waiting = HostFile.Open(_name);
        int written = 0;
        while (file.Write("more"u8) == 4)
            written++;
        Assert.Equal(8, written);

        Task<long> write = Task.Run(() => waiting.Write("last"u8));
        Thread.Sleep(50);
        Assert.False(write.IsCompleted);
        Register(ReceiveDone, 0);
        Assert.Equal(4, write.Result);
    }

    [NeedsFact(Need.Fuse)]
    public unsafe void An_ioctl_whose_number_says_the_size_works_on_the_file_and_another_is_none()
    {
        using HostFile file = HostFile.Open(_name);
        Send("ping");
        MessageCardState state = default;
        Assert.Equal(0, file.Ioctl(MessageCardIoctls.GetStatus, &state));
        Assert.Equal(new MessageCardState(8, 4096, 1, 0, 0, 0), state);

        var peek = new MessageCardPeek(0, 0, 0, 0);
        Assert.Equal(0, file.Ioctl(MessageCardIoctls.Peek, &peek));
        Assert.Equal("ping", Encoding.ASCII.GetString(BitConverter.GetBytes(peek.Start)));

        var batch = new MessageCardBatch(64, 0);
        Assert.Equal(-(long)Errno.ENOTTY, file.Ioctl(MessageCardIoctls.Take, &batch));
    }

    [NeedsFact(Need.Fuse)]
    public void Who_waits_for_an_asynchronous_handler_is_told_what_the_guest_does()
    {
        using HostFile events = HostFile.Open(_name + "-events");
        byte[] told = new byte[8];
        Assert.Equal(8, events.Read(told));
        Assert.Equal(MessageCardEvent.Reset, (MessageCardEvent)MemoryMarshal.Read<int>(told));

        Task<long> read = Task.Run(() => events.Read(told));
        Send("ping");
        Assert.Equal(8, read.Result);
        Assert.Equal((2, 1), (MemoryMarshal.Read<int>(told), MemoryMarshal.Read<int>(told.AsSpan(4))));
    }

    public void Dispose()
    {
        _host.Terminate();
        _host.Dispose();
        _runtime.Dispose();
    }

    // What the guest's driver does.
    private void Send(string text)
    {
        Register(SendData, MemoryMarshal.Read<int>(Encoding.ASCII.GetBytes(text)));
        Register(SendLength, text.Length);
    }

    private void Register(int offset, int value)
    {
        using HostFile region = HostFile.Open(_host["regions/0"]);
        Assert.Equal(4, region.WriteAt(offset, BitConverter.GetBytes(value)));
    }
}
