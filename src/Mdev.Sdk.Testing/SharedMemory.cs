using System.ComponentModel;
using System.Runtime.InteropServices;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

/// <summary>Memory of a make-believe guest: a memfd that can be given to a device by <c>DMA_MAP</c>.</summary>
public sealed class SharedMemory : IDisposable
{
    /// <summary>Makes memory that reads as zeros.</summary>
    /// <param name="size">Bytes.</param>
    /// <exception cref="Win32Exception">This process has no descriptors left.</exception>
    public unsafe SharedMemory(long size)
    {
        ReadOnlySpan<byte> name = "guest\0"u8;
        int descriptor;
        fixed (byte* start = name)
            descriptor = TestLibc.memfd_create(start, TestLibc.MFD_CLOEXEC);
        if (descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        Handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Resize(size);
    }

    /// <summary>The descriptor; this object closes it.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Its number, for <see cref="VfioUserConnection.Send"/>; valid as long as this object.</summary>
    public int Descriptor => (int)Handle.DangerousGetHandle();

    /// <summary>What the guest sees.</summary>
    /// <param name="offset">Offset in the memory.</param>
    /// <param name="count">Bytes; fewer come back where the memory ends before.</param>
    public byte[] Read(long offset, int count)
    {
        var bytes = new byte[count];
        return bytes[..RandomAccess.Read(Handle, bytes, offset)];
    }

    /// <summary>What the guest stores.</summary>
    /// <param name="offset">Offset in the memory.</param>
    /// <param name="bytes">The bytes.</param>
    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(Handle, bytes, offset);

    /// <summary>Makes the file longer or, as only a hostile client does, shorter.</summary>
    /// <param name="size">Bytes.</param>
    public void Resize(long size) => RandomAccess.SetLength(Handle, size);

    /// <summary>Closes this end; a device that was given the descriptor keeps its own.</summary>
    public void Dispose() => Handle.Dispose();
}
