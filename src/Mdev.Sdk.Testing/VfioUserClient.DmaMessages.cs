using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    // Commands and answers to the server's go out by two threads.
    private readonly Lock _sending = new();

    private readonly List<SafeFileHandle> _handedOver = [];
    private DmaService? _service;

    /// <summary>The second socket, for the server's commands; <see langword="null"/> if none was negotiated.</summary>
    public VfioUserConnection? TwinConnection { get; private set; }

    /// <summary>
    /// Answers DMA_READ and DMA_WRITE from now on, on a thread of its own and whatever else this client does: memory that was mapped
    /// without sharing it. That thread receives all there is, so <see cref="VfioUserConnection.Receive"/> is not for anybody else; with
    /// a twin socket, only what comes there.
    /// </summary>
    /// <param name="memory">The memory.</param>
    public void ServeDma(UnsharedMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ServeDma(memory.Answer);
    }

    /// <summary>Answers DMA_READ and DMA_WRITE from now on in any way: wrongly, late or not at all.</summary>
    /// <param name="answer">
    /// Gives the answer, on the client's own thread: usually <see cref="UnsharedMemory.Answer"/> but for what a test is about. If it
    /// throws, or the server breaks the protocol, this client's next call does.
    /// </param>
    /// <exception cref="InvalidOperationException">It does already.</exception>
    public void ServeDma(Func<VfioDmaRequest, VfioDmaAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (_service is not null)
            throw new InvalidOperationException("This client answers DMA_READ and DMA_WRITE already.");
        _service = new DmaService(TwinConnection ?? Connection, TwinConnection is null ? _sending : new Lock(), answer);
    }

    // Whether the connection belongs to the thread that answers the server.
    private bool IsServed => _service is not null && TwinConnection is null;

    // The reply to what was sent last; valid until the next one.
    private bool TryReceiveReply(out ReadOnlySpan<byte> message)
    {
        if (!IsServed)
            return Connection.TryReceive(out message);
        VfioUserFrame reply = _service!.AwaitReply(Connection.Timeout);
        _handedOver.AddRange(reply.Descriptors);
        message = reply.Bytes;
        return true;
    }

    private SafeFileHandle? TakeDescriptor()
    {
        if (!IsServed)
            return Connection.TakeDescriptor();
        SafeFileHandle? first = _handedOver.FirstOrDefault();
        if (first is not null)
            _handedOver.RemoveAt(0);
        return first;
    }

    private bool DropDescriptors()
    {
        if (!IsServed)
            return Connection.DropDescriptors();
        bool any = _handedOver.Count != 0;
        foreach (SafeFileHandle descriptor in _handedOver)
            descriptor.Dispose();
        _handedOver.Clear();
        return any;
    }
}
