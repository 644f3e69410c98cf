namespace Mdev.Devices;

/// <summary>
/// A vendor-specific extended capability that counts its reads. Source: PCI Express Base 5.0, section 7.9.5: at 0x04 ID, revision
/// and length.
/// </summary>
[RegisterBlock(12)]
public sealed partial class ExerciserCounter
{
    private uint _reads;

    [Register(0x04, Access = Access.RO, Reset = 0x00c1_0042)] public partial uint VendorHeader { get; }
    [OnRead(0x08, Name = "Reads")] private uint Reads() => ++_reads;
}
