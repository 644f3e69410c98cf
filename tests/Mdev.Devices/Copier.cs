namespace Mdev.Devices;

/// <summary>Offers one card that copies.</summary>
[MdevParent("copier")]
public sealed partial class CopierParent : MdevParent<Copier, int>
{
    [MdevType("1", "Card that copies guest memory")] public static int Only => 0;
}

/// <summary>A card that copies blocks of guest memory, whether its client shares it or has to be asked.</summary>
[PciDevice(0x1234, 0xc0b1, Class = 0xff_00_00)]
public sealed partial class Copier : PciDevice
{
    public Copier() => Registers = new CopierRegisters(this);

    [Bar(0, BarKind.Memory32)] public CopierRegisters Registers { get; }
}
