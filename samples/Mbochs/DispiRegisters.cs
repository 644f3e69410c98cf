namespace Mbochs;

/// <summary>ENABLE: what shows the picture.</summary>
[Flags]
public enum DispiEnable : ushort { Enabled = 0x01, GetCapabilities = 0x02, Dac8Bit = 0x20, LinearFrameBuffer = 0x40, NoClearMemory = 0x80 }

/// <summary>
/// The VBE display interface (dispi) by memory, registers of 16 bits that are accessed whole. Source: Bochs, "VBE Display API", and Linux
/// samples/vfio-mdev/mbochs.c, whose registers are all plain storage.
/// </summary>
[RegisterBlock(0x16, Bus = AccessWidth.Word, Min = AccessWidth.Word, Max = AccessWidth.Word, Unaligned = false)]
public sealed partial class DispiRegisters(DisplayModel model, ScreenHints hints)
{
    private const int MinLength = 64;
    private const int BytesPerPixel = 4;

    [Register(0x00, Reset = 0xb0c5)] public partial ushort ID { get; set; }
    [Register(0x02)] public partial ushort XRES { get; set; }
    [Register(0x04)] public partial ushort YRES { get; set; }
    [Register(0x06)] public partial ushort BPP { get; set; }
    [Register(0x08)] public partial DispiEnable ENABLE { get; set; }
    [Register(0x0a)] public partial ushort BANK { get; set; }
    [Register(0x0c)] public partial ushort VIRT_WIDTH { get; set; }
    [Register(0x0e)] public partial ushort VIRT_HEIGHT { get; set; }
    [Register(0x10)] public partial ushort X_OFFSET { get; set; }
    [Register(0x12)] public partial ushort Y_OFFSET { get; set; }
    [Register(0x14)] public partial ushort VIDEO_MEMORY_64K { get; set; }

    [OnReset] private void Reset() => VIDEO_MEMORY_64K = (ushort)(model.Megabytes * 16);

    [OnWrite(nameof(ENABLE))] private void ModeSet(DispiEnable value) => hints.ModeSet();

    /// <summary>What the registers make of the memory: whatever a guest has put into them.</summary>
    public Scanout Scanout(MemoryRegion vram)
    {
        if (!ENABLE.HasFlag(DispiEnable.Enabled))
            return Mdev.Sdk.Display.Scanout.Off;
        if (BPP != 8 * BytesPerPixel)
            return Mdev.Sdk.Display.Scanout.Invalid($"BPP is {BPP}, and only 32 has a picture");
        if (XRES < MinLength || YRES < MinLength)
            return Mdev.Sdk.Display.Scanout.Invalid($"{XRES}x{YRES} is smaller than {MinLength}x{MinLength}");

        long stride = Math.Max(VIRT_WIDTH, XRES) * BytesPerPixel;
        return new(vram, Y_OFFSET * stride + X_OFFSET * BytesPerPixel, XRES, YRES, stride);
    }
}
