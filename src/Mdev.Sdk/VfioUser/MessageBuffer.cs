using Mdev.Sdk.Interop;

namespace Mdev.Sdk.VfioUser;

/// <summary>Bytes outside of the garbage collector's reach that grow to the largest message of a connection.</summary>
/// <remarks>
/// Most connections never see more than a page, so that is what an idle one costs. Mapped rather than taken from libc's heap, which
/// keeps what is given back to it.
/// </remarks>
internal sealed unsafe class MessageBuffer(int capacity) : IDisposable
{
    private MappedMemory _memory = MappedMemory.Private((ulong)capacity);

    public int Capacity { get; private set; } = capacity;

    public Span<byte> Span => new(_memory.Start, Capacity);

    /// <summary>Makes room; what is in the buffer stays.</summary>
    public void Grow(int capacity)
    {
        if (capacity <= Capacity)
            return;
        MappedMemory larger = MappedMemory.Private((ulong)capacity);
        Span.CopyTo(new Span<byte>(larger.Start, capacity));
        Replace(larger, capacity);
    }

    /// <summary>Gives memory back to the system; nothing that is in the buffer stays.</summary>
    public void Shrink(int capacity)
    {
        if (capacity < Capacity)
            Replace(MappedMemory.Private((ulong)capacity), capacity);
    }

    public void Dispose()
    {
        _memory.Dispose();
        Capacity = 0;
    }

    private void Replace(MappedMemory memory, int capacity)
    {
        _memory.Dispose();
        (_memory, Capacity) = (memory, capacity);
    }
}
