using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>MIG_DATA_READ, the head of its reply, and the head of MIG_DATA_WRITE. Source: vfio-user, "VFIO_USER_MIG_DATA_READ".</summary>
/// <param name="ArgumentSize">Bytes of head and data.</param>
/// <param name="Size">Bytes of data.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct MigrationDataRequest(uint ArgumentSize, uint Size)
{
    public const int Length = 8;

    /// <summary>Whether the data are no more than so many, and fit into what the client says of its message.</summary>
    public bool Fits(uint most) => Size <= most && ArgumentSize >= (ulong)Length + Size;
}
