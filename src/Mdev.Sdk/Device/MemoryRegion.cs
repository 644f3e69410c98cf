using System.Runtime.CompilerServices;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>
/// Memory behind a BAR or another region: video memory, a mailbox, a ring. Declared like a register block:
/// <c>[Bar(0, BarKind.Memory32Prefetchable)] public MemoryRegion Vram { get; } = new(16 &lt;&lt; 20);</c>
/// </summary>
/// <remarks>
/// Where clients map it (they do unless the attribute says <c>Mapped = false</c>), its offset and size are multiples of the
/// system's page size, 4096 on most. It is zeroed when the device is made and by a cold reset, and outlives its clients.
/// </remarks>
public sealed class MemoryRegion : DeviceMemory
{
    /// <summary>Declares memory; it takes none until the device is served, and then only what is touched.</summary>
    /// <param name="size">Bytes; at least 1.</param>
    public MemoryRegion(long size)
        : base(size)
    {
    }

    /// <summary>Whether a warm reset zeroes it too.</summary>
    public bool ClearOnReset { get; init; }

    /// <summary>A piece of it.</summary>
    /// <param name="offset">Bytes from the start of the memory.</param>
    /// <param name="length">Bytes.</param>
    /// <returns>The bytes themselves; not to be used any more once the device is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The piece is not inside of the memory.</exception>
    /// <exception cref="InvalidOperationException">The device is not served yet.</exception>
    public Span<byte> Slice(long offset, int length) => Bytes(offset, length);

    /// <summary>A value in it, in this machine's byte order. With <see cref="Volatile"/>, one that a guest changes meanwhile.</summary>
    /// <typeparam name="T">An integer or a struct of them.</typeparam>
    /// <param name="offset">Bytes from the start of the memory.</param>
    /// <returns>The value itself; not to be used any more once the device is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not inside of the memory.</exception>
    /// <exception cref="InvalidOperationException">The device is not served yet.</exception>
    public unsafe ref T At<T>(long offset)
        where T : unmanaged => ref Unsafe.AsRef<T>(At(offset, sizeof(T)));

    /// <summary>Makes all of it zero, without touching each byte.</summary>
    /// <exception cref="InvalidOperationException">The device is not served yet.</exception>
    public new void Clear() => base.Clear();

    internal override bool IsPlain => true;

    internal override void Reset(ResetKind kind)
    {
        if (kind == ResetKind.Cold || ClearOnReset)
            Clear();
    }
}
