namespace Mdev.Sdk.Dma;

/// <summary>What is mapped, for those who describe a device.</summary>
public sealed partial class GuestMemory
{
    /// <summary>Bytes that the client has mapped now, shared or not.</summary>
    internal ulong MappedBytes
    {
        get
        {
            ulong bytes = 0;
            lock (_gate)
            {
                for (int index = 0; index < _mappings.Count; index++)
                    bytes += _mappings[index].Size;
            }
            return bytes;
        }
    }

    /// <summary>The mappings, by address.</summary>
    internal IReadOnlyList<MappedRange> Describe()
    {
        lock (_gate)
        {
            var ranges = new MappedRange[_mappings.Count];
            for (int index = 0; index < ranges.Length; index++)
            {
                DmaMapping mapping = _mappings[index];
                ranges[index] = new MappedRange(
                    mapping.Address, mapping.Size, mapping.Protection, mapping.Offset, mapping.File is not null, mapping.IsMapped, mapping.IsBroken);
            }
            return ranges;
        }
    }
}
