using Mdev.Sdk.Dma;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests.Dma;

public sealed class TruncationTests : IDisposable
{
    private readonly MappedGuest _guest = new();

    public void Dispose() => _guest.Dispose();

    [Fact]
    public void A_truncated_mapping_fails_for_good_and_is_told_once()
    {
        _guest.Map(0x10000, 0x2000);
        _guest.Map(0x20000, 0x1000);
        Assert.True(_guest.Memory.TryOpen(0x10000, 8, DmaAccess.Read, out DmaHandle ring));
        _guest.File.Resize(0x1000);
        Assert.True(_guest.Memory.TryRead(0x10000, new byte[1]));
        Assert.False(_guest.Memory.TryWrite(0x11000, [1]));
        Assert.False(_guest.Memory.TryRead(0x10000, new byte[1]));
        Assert.False(_guest.Memory.TryMap(0x10000, 1, out ReadOnlyGuestSpan _));
        Assert.False(_guest.Memory.TryLease(0x10000, 1, DmaAccess.Read, out GuestLease _));
        Assert.False(ring.IsValid || ring.TryRead(0, out byte _));
        Assert.Equal(1, _guest.Memory.Broken);
        Assert.Contains("the client has truncated the memory it shared at 0x10000", Assert.Single(_guest.Log.Lines), StringComparison.Ordinal);

        Assert.True(_guest.Memory.TryRead(0x20000, new byte[0x1000]));
        _guest.File.Resize(0x10000);
        _guest.Map(0x10000, 0x2000);
        Assert.True(_guest.Memory.TryRead(0x10000, new byte[0x2000]));
    }

    [Fact]
    public void A_span_of_memory_that_is_truncated_becomes_one_of_zeros()
    {
        _guest.Map(0x10000, 0x4000);
        Assert.True(_guest.Memory.TryWrite(0x10000, [1]));
        Assert.True(_guest.Memory.TryMap(0x10000, 0x4000, DmaAccess.ReadWrite, out GuestSpan span));
        using (span)
        {
            _guest.File.Resize(0);
            span.Bytes.Fill(7);
            Assert.False(span.IsValid);
            Assert.Equal(7, span.Bytes[0x3fff]);
        }
        Assert.Equal(1, _guest.Memory.Broken);
        Assert.Empty(_guest.File.Read(0, 1));
    }

    [Fact]
    public async Task A_client_may_truncate_under_running_copies_as_often_as_it_likes()
    {
        const int Rounds = 2000;
        using var stop = new CancellationTokenSource();
        Task copying = Task.Factory.StartNew(
            () =>
            {
                byte[] bytes = new byte[0x8000];
                while (!stop.IsCancellationRequested)
                {
                    _ = _guest.Memory.TryRead(0x10000, bytes);
                    _ = _guest.Memory.TryWrite(0x10000, bytes);
                }
            },
            TaskCreationOptions.LongRunning);
        byte[] probe = new byte[0x8000];
        for (int i = 0; i < Rounds; i++)
        {
            _guest.File.Resize(0x8000);
            _guest.Map(0x10000, 0x8000);
            _guest.File.Resize((i & 7) * 0x1000);
            Assert.False(_guest.Memory.TryRead(0x10000, probe));
            Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x8000));
        }
        await stop.CancelAsync();
        await copying;
        Assert.Equal(Rounds, _guest.Memory.Broken);

        // What .NET makes of its own faults is as it was.
        string? nothing = null;
        Assert.Throws<NullReferenceException>(() => nothing!.Length);
        GC.Collect();
    }

    [Fact]
    public void A_file_that_cannot_be_mapped_is_copied_and_gives_no_spans()
    {
        // The same memory by a descriptor that only reads.
        string path = $"/proc/self/fd/{_guest.File.Descriptor}";
        using (SafeFileHandle readable = File.OpenHandle(path, access: FileAccess.Read, share: FileShare.ReadWrite))
            Assert.Equal(Errno.None, _guest.Memory.Map(new(0x10000, 0x1000, MappedGuest.ReadWrite, 0, Handles.Duplicate(readable))));
        _guest.File.Write(0, [5]);
        byte[] value = new byte[1];
        Assert.True(_guest.Memory.TryRead(0x10000, value));
        Assert.Equal(5, value[0]);
        Assert.False(_guest.Memory.TryWrite(0x10000, [6]));
        Assert.False(_guest.Memory.TryMap(0x10000, 4, out ReadOnlyGuestSpan _));
        Assert.True(_guest.Memory.TryGather([new(0x10000, 1)], value, out int _));
        Assert.Contains("EACCES", Assert.Single(_guest.Log.Lines), StringComparison.Ordinal);
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000));
    }

    [Fact]
    public void A_file_of_a_file_system_that_may_keep_everybody_waiting_is_copied()
    {
        // /proc stands for FUSE and the like: what is behind its files is computed when it is read.
        using SafeFileHandle computed = File.OpenHandle("/proc/self/status");
        Assert.Null(SharedMapping.TryMap(computed, 0, 16, Libc.PROT_READ, out string reason));
        Assert.Contains("waiting", reason, StringComparison.Ordinal);
    }
}
