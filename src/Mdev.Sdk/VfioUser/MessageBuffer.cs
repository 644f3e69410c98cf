using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser;

/// <summary>Bytes outside of the garbage collector's reach that grow to the largest message of a connection.</summary>
/// <remarks>Most connections never see more than a page, so that is what an idle one costs.</remarks>
internal sealed unsafe class MessageBuffer(int capacity) : IDisposable
{
    private byte* _start = (byte*)NativeMemory.Alloc((nuint)capacity);

    public int Capacity { get; private set; } = capacity;

    public Span<byte> Span => new(_start, Capacity);

    /// <summary>Makes room; what is in the buffer stays.</summary>
    public void Grow(int capacity)
    {
        if (capacity <= Capacity)
            return;
        _start = (byte*)NativeMemory.Realloc(_start, (nuint)capacity);
        Capacity = capacity;
    }

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
        Capacity = 0;
    }
}
