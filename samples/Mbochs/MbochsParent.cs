namespace Mbochs;

/// <summary>What a type of display has.</summary>
/// <param name="Megabytes">Video memory.</param>
/// <param name="MaxWidth">The widest picture its monitor is said to show; 0 for no limit.</param>
/// <param name="MaxHeight">The highest one.</param>
public sealed record DisplayModel(int Megabytes, int MaxWidth, int MaxHeight);

/// <summary>256 MB of video memory, handed out as displays of three sizes. Source: Linux samples/vfio-mdev/mbochs.c.</summary>
/// <param name="resolution">The resolution of the monitors that new displays come with; <see langword="null"/> for none.</param>
[MdevParent("mbochs", Capacity = 256)]
public sealed partial class MbochsParent(Resolution? resolution = null) : MdevParent<MbochsDevice, DisplayModel>
{
    [MdevType("small", "mbochs-small", Cost = 4, Description = "virtual display, 4 MB video memory")]
    public static DisplayModel Small => new(4, 800, 600);

    [MdevType("medium", "mbochs-medium", Cost = 16, Description = "virtual display, 16 MB video memory")]
    public static DisplayModel Medium => new(16, 1920, 1440);

    [MdevType("large", "mbochs-large", Cost = 64, Description = "virtual display, 64 MB video memory")]
    public static DisplayModel Large => new(64, 0, 0);

    public Resolution? Resolution => resolution;
}
