namespace Mdev.Sdk.Dma;

/// <summary>How much the client has mapped.</summary>
public sealed partial class GuestMemory
{
    /// <summary>
    /// Bytes that a device may write, shared or reached by messages alone. Read-only mappings are not counted: QEMU shares no firmware
    /// and no option ROM, and no device minds.
    /// </summary>
    internal (ulong Shared, ulong Unshared) WritableBytes
    {
        get
        {
            ulong shared = 0, unshared = 0;
            lock (_gate)
            {
                for (int i = 0; i < _mappings.Count; i++)
                {
                    DmaMapping mapping = _mappings[i];
                    if (!mapping.Allows(DmaProtection.Write))
                        continue;
                    if (mapping.IsMapped)
                        shared += mapping.Size;
                    else
                        unshared += mapping.Size;
                }
            }
            return (shared, unshared);
        }
    }
}
