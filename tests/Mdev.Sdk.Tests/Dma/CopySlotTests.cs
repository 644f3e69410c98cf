using Mdev.Sdk.Dma;

namespace Mdev.Sdk.Tests.Dma;

public sealed class CopySlotTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly MappedGuest _guest = new();
    private readonly DmaMapping _mapping;
    private readonly ManualResetEventSlim _begun = new();
    private readonly ManualResetEventSlim _end = new();

    public CopySlotTests()
    {
        _mapping = new DmaMapping(0x10000, 0x1000, MappedGuest.ReadWrite, 0, Handles.Duplicate(_guest.File.Handle));
        Assert.Equal(Errno.None, _guest.Memory.Map(_mapping));
    }

    public void Dispose()
    {
        _end.Set();
        _guest.Dispose();
        _begun.Dispose();
        _end.Dispose();
    }

    [Fact]
    public async Task Unmapping_waits_for_a_copy_that_is_under_way()
    {
        Task copying = Copy();
        Task<Errno> unmapping = Task.Run(() => _guest.Memory.Unmap(0x10000, 0x1000, s_long));
        while (!_mapping.IsRemoved)
            await Task.Yield();
        await Task.Delay(5);
        Assert.False(unmapping.IsCompleted);
        Assert.False(_guest.Memory.TryRead(0x10000, new byte[1]));
        _end.Set();
        Assert.Equal(Errno.None, await unmapping);
        await copying;
        Assert.Equal(0, _guest.Memory.Revoked);
    }

    [Fact]
    public async Task A_copy_that_does_not_end_in_time_keeps_memory_of_nobodys()
    {
        Task copying = Copy();
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, TimeSpan.Zero));
        Assert.Equal(1, _guest.Memory.Revoked);
        Late(_mapping);
        Assert.Equal([0], _guest.File.Read(0, 1));
        _end.Set();
        await copying;

        static unsafe void Late(DmaMapping mapping) => *mapping.At(0x10000) = 1;
    }

    [Fact]
    public async Task Draining_waits_for_copies_too()
    {
        Task copying = Copy();
        Assert.False(await _guest.Memory.DrainAsync(TimeSpan.FromMilliseconds(5)));
        ValueTask<bool> draining = _guest.Memory.DrainAsync(s_long);
        _end.Set();
        Assert.True(await draining);
        await copying;
    }

    [Fact]
    public void A_copy_does_not_begin_in_what_has_been_removed()
    {
        Assert.True(CopySlot.Mine.TryBegin(_mapping));
        CopySlot.Mine.End();
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, s_long));
        Assert.False(CopySlot.Mine.TryBegin(_mapping));
        Assert.False(CopySlot.IsUsed(_mapping));
    }

    [Fact]
    public void A_thread_that_has_ended_leaves_no_slot_behind()
    {
        for (int i = 0; i < 100; i++)
        {
            var thread = new Thread(() => Assert.True(_guest.Memory.TryRead(0x10000, new byte[1])));
            thread.Start();
            thread.Join();
        }
        Assert.InRange(CopySlot.Count, 1, 90);
    }

    private Task Copy()
    {
        Task copying = Task.Factory.StartNew(
            () =>
            {
                Assert.True(CopySlot.Mine.TryBegin(_mapping));
                _begun.Set();
                _end.Wait();
                CopySlot.Mine.End();
            },
            TaskCreationOptions.LongRunning);
        _begun.Wait();
        return copying;
    }
}
