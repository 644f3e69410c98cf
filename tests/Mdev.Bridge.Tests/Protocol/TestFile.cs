using System.Collections.Concurrent;
using Mdev.Sdk;
using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>A file whose handlers a test gives, and that keeps what happened to it.</summary>
internal sealed class TestFile : FuseFile
{
    public delegate int Reader(ulong offset, Span<byte> destination);

    public delegate int Writer(ulong offset, ReadOnlySpan<byte> source);

    public delegate int Controller(ref CharIoctl ioctl);

    public WaitQueueHead Queue { get; } = new();

    public BlockingCollection<string> Events { get; } = [];

    public Reader OnRead { get; set; } = (_, _) => 0;

    public Writer OnWrite { get; set; } = (_, source) => source.Length;

    public Controller OnIoctl { get; set; } = (ref _) => -(int)Errno.ENOTTY;

    public Func<PollEvents> OnPoll { get; set; } = () => PollEvents.In;

    public Func<Memory<byte>, CancellationToken, ValueTask<int>>? OnReadAsync { get; set; }

    public Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<int>>? OnWriteAsync { get; set; }

    public Action OnOpen { get; set; } = () => { };

    public Action OnRelease { get; set; } = () => { };

    public override uint Permissions => 0x180;

    public override IFuseHandle Open(FuseCaller caller)
    {
        OnOpen();
        return new Handle(this);
    }

    /// <summary>Waits for the next thing that happened.</summary>
    public string Happened() => Events.TryTake(out string? happened, 20_000) ? happened : "nothing";

    private sealed class Handle(TestFile file) : IFuseHandle
    {
        public WaitQueueHead Queue => file.Queue;

        public bool WritesAtOnce => file.OnWriteAsync is null;

        public bool ReadsAtOnce(ulong offset) => file.OnReadAsync is null;

        public int Read(ulong offset, Span<byte> destination) => file.OnRead(offset, destination);

        public int Write(ulong offset, ReadOnlySpan<byte> source) => file.OnWrite(offset, source);

        public ValueTask<int> ReadAsync(ulong offset, Memory<byte> destination, CancellationToken interrupted) => file.OnReadAsync!(destination, interrupted);

        public ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted) => file.OnWriteAsync!(source, interrupted);

        public PollEvents Poll() => file.OnPoll();

        public int Ioctl(int thread, ref CharIoctl ioctl) => file.OnIoctl(ref ioctl);

        public void Interrupted() => file.Events.Add("interrupted");

        public void Release()
        {
            file.Events.Add("released");
            file.OnRelease();
        }
    }
}
