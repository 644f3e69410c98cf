using Mdev.Sdk.Dma;

namespace Mdev.Sdk.Tests.Dma;

public sealed class GuestMemoryMessageTests : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MappedGuest _guest;
    private readonly Client _client = new();

    public GuestMemoryMessageTests()
    {
        _guest = new MappedGuest(gate: _gate);
        _guest.Memory.Messages = _client;
        _guest.Map(0x10000, 0x1000);
        _guest.MapUnshared(0x11000, 0x1000);
        _guest.Map(0x12000, 0x1000, offset: 0x1000);
        _guest.MapUnshared(0x20000, 0x1000, DmaProtection.Read);
    }

    public void Dispose() => _guest.Dispose();

    [Fact]
    public async Task Shared_memory_is_copied_at_once_and_nobody_is_asked()
    {
        ValueTask<bool> written = _guest.Memory.WriteAsync(0x10ffe, new byte[] { 1, 2 });
        Assert.True(written.IsCompletedSuccessfully);
        Assert.True(await written);
        byte[] bytes = new byte[2];
        ValueTask<bool> read = _guest.Memory.ReadAsync(0x10ffe, bytes);
        Assert.True(read.IsCompletedSuccessfully);
        Assert.True(await read);
        Assert.Equal([1, 2], bytes);
        Assert.Empty(_client.Asked);
    }

    [Fact]
    public async Task What_is_not_shared_goes_by_messages_and_the_rest_does_not()
    {
        byte[] source = new byte[0x1002];
        (source[0], source[1], source[0x1001]) = (1, 2, 3);
        ValueTask<bool> written = _guest.Memory.WriteAsync(0x10fff, source);
        Assert.False(written.IsCompleted);
        _client.Answer(true);
        Assert.True(await written);
        Assert.Equal([("write", 0x11000UL, 0x1000)], _client.Asked);
        Assert.Equal([1], _guest.File.Read(0xfff, 1));
        Assert.Equal(2, _client.Bytes[0]);
        Assert.Equal([3], _guest.File.Read(0x1000, 1));

        byte[] destination = new byte[4];
        ValueTask<bool> read = _guest.Memory.ReadAsync(0x10ffe, destination);
        _client.Answer(true);
        Assert.True(await read);
        Assert.Equal([0, 1, 2, 0], destination);
        Assert.False(_guest.Memory.TryRead(0x11000, destination));
    }

    [Theory]
    [InlineData(0x1fffUL)]
    [InlineData(0x20fffUL)]
    [InlineData(0x12ffdUL)]
    [InlineData(ulong.MaxValue)]
    public async Task Nobody_is_asked_for_what_is_not_mapped(ulong address)
    {
        Assert.False(await _guest.Memory.ReadAsync(address, new byte[4]));
        Assert.False(await _guest.Memory.WriteAsync(address, new byte[4]));
        Assert.False(await _guest.Memory.WriteAsync(0x20000, new byte[4]));
        Assert.Empty(_client.Asked);
    }

    [Fact]
    public async Task A_refusal_is_a_false_and_so_is_a_client_that_cannot_be_asked()
    {
        ValueTask<bool> read = _guest.Memory.ReadAsync(0x11000, new byte[4]);
        _client.Answer(false);
        Assert.False(await read);
        _guest.Memory.Messages = null;
        Assert.False(await _guest.Memory.ReadAsync(0x11000, new byte[4]));
        Assert.True(await _guest.Memory.ReadAsync(0x10000, new byte[4]));
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        ValueTask<bool> read = _guest.Memory.ReadAsync(0x11000, new byte[4], cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _guest.Memory.WriteAsync(0x10000, new byte[4], cancel.Token));
    }

    [Fact]
    public void On_the_devices_lock_it_throws_whether_or_not_the_memory_is_shared()
    {
        lock (_gate)
        {
            foreach (ulong address in new ulong[] { 0x10000, 0x11000, 0x99999 })
            {
                var read = Assert.Throws<InvalidOperationException>(() => { _ = _guest.Memory.ReadAsync(address, new byte[4]).AsTask(); });
                Assert.Contains("TryRead", read.Message, StringComparison.Ordinal);
                var write = Assert.Throws<InvalidOperationException>(() => { _ = _guest.Memory.WriteAsync(address, new byte[4]).AsTask(); });
                Assert.Contains("TryWrite", write.Message, StringComparison.Ordinal);
            }
            Assert.True(_guest.Memory.TryRead(0x10000, new byte[4]));
        }
    }

    [Fact]
    public void A_device_gives_its_memory_its_own_lock()
    {
        using var device = new ScratchDevice();
        lock (device.Gate)
            Assert.Throws<InvalidOperationException>(() => { _ = device.Memory.ReadAsync(0, new byte[4]).AsTask(); });
    }

    [Fact]
    public async Task What_the_client_was_asked_to_write_is_told_as_written()
    {
        Assert.Equal(Errno.None, _guest.Memory.StartDirtyTracking(4096));
        ValueTask<bool> written = _guest.Memory.WriteAsync(0x11000, new byte[4]);
        _client.Answer(false);
        Assert.False(await written);
        byte[] bitmap = new byte[8];
        Assert.Equal(Errno.None, _guest.Memory.ReportDirty(0x11000, 0x1000, 4096, bitmap));
        Assert.Equal(1, bitmap[0]);
    }

    [Fact]
    public async Task Unmapping_does_not_wait_for_the_client_that_asks_for_it()
    {
        ValueTask<bool> read = _guest.Memory.ReadAsync(0x11000, new byte[4]);
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x11000, 0x1000, TimeSpan.FromMinutes(1)));
        _client.Answer(true);
        Assert.True(await read);
    }

    private sealed class Client : IDmaMessages
    {
        private TaskCompletionSource<bool> _answer = new();

        public byte[] Bytes { get; } = new byte[0x1000];

        public List<(string, ulong, int)> Asked { get; } = [];

        public void Answer(bool done)
        {
            TaskCompletionSource<bool> answered = _answer;
            _answer = new();
            answered.SetResult(done);
        }

        public async ValueTask<bool> ReadAsync(ulong address, Memory<byte> destination, CancellationToken cancellation)
        {
            Asked.Add(("read", address, destination.Length));
            bool done = await _answer.Task.WaitAsync(cancellation);
            Bytes.AsMemory((int)(address & 0xfff), destination.Length).CopyTo(destination);
            return done;
        }

        public async ValueTask<bool> WriteAsync(ulong address, ReadOnlyMemory<byte> source, CancellationToken cancellation)
        {
            Asked.Add(("write", address, source.Length));
            source.CopyTo(Bytes.AsMemory((int)(address & 0xfff)));
            return await _answer.Task.WaitAsync(cancellation);
        }
    }
}
