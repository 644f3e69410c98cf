namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Which program a client is, as far as its VERSION gives it away: nothing in the protocol names one.</summary>
internal enum ClientProfile
{
    /// <summary>Held to the specification alone.</summary>
    Other,

    /// <summary>QEMU's vfio-user-pci. It takes no reply to VERSION longer than its request, and slows down with write_multiple.</summary>
    Qemu,

    /// <summary>
    /// The client of rust-vmm, which is cloud-hypervisor's. It knows no commands of a server: one of them would be taken for a reply.
    /// </summary>
    RustVmm,
}
