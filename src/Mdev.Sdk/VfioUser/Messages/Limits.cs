namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>What the server accepts, and tells the client where the protocol has a capability for it.</summary>
internal static class Limits
{
    /// <summary>max_data_xfer_size: bytes of data in one region access. The protocol's default.</summary>
    public const uint MaxTransfer = 1 << 20;

    /// <summary>max_msg_fds: QEMU refuses a server that says more.</summary>
    public const int MaxDescriptors = 16;

    /// <summary>pgsizes: a server must offer the smallest page; QEMU refuses smaller ones.</summary>
    public const uint PageSize = 4096;

    /// <summary>The largest message there is: a region write of <see cref="MaxTransfer"/> bytes, and some room for others.</summary>
    public const uint MaxMessage = MessageHeader.Length + RegionAccess.Length + MaxTransfer + 4096;
}
