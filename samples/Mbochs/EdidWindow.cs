namespace Mbochs;

/// <summary>Where drivers read the monitor's EDID, byte by byte or wider. Source: QEMU, "Standard VGA", memory region 2.</summary>
[RegisterBlock(EdidRegion.MaxSize)]
public sealed partial class EdidWindow(EdidRegion edid)
{
    [RegisterArray(0, EdidRegion.MaxSize, Mask = 0)] public partial RegisterArray<byte> EDID { get; }

    [OnRead(nameof(EDID), Pure = true)] private byte Read(int index) => edid[index];
}
