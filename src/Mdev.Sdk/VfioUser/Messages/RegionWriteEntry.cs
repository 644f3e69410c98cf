using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>One write of a REGION_WRITE_MULTI; their number, 8 bytes, goes before the first. Source: vfio-user, "VFIO_USER_REGION_WRITE_MULTI".</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Region">Region index.</param>
/// <param name="Count">Bytes.</param>
/// <param name="Data">The bytes, as many as there are, from the first one in memory.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct RegionWriteEntry(ulong Offset, uint Region, uint Count, ulong Data)
{
    public const int Length = 24;

    /// <summary>Bytes of the number that goes before the writes, and of a reply.</summary>
    public const int CountLength = 8;

    /// <summary>Most bytes of one.</summary>
    public const int MaxCount = sizeof(ulong);
}
