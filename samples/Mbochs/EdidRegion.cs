namespace Mbochs;

/// <summary>LINK_STATE: whether a monitor is connected. Source: linux/vfio.h, struct vfio_region_gfx_edid.</summary>
public enum LinkState : uint { Unknown, Up, Down }

/// <summary>
/// The region by which a client says what its monitor can do: half a page of registers, then the EDID. The order is link down, EDID and
/// size, link up. Source: linux/vfio.h, struct vfio_region_gfx_edid.
/// </summary>
[RegisterBlock(0x1000, Partial = PartialAccess.Reject)]
public sealed partial class EdidRegion
{
    public const int MaxSize = 0x400;
    private const uint BlobOffset = 0x800;

    private readonly DisplayModel _model;
    private Resolution? _monitor;

    public EdidRegion(DisplayModel model, Resolution? monitor)
    {
        _model = model;
        if (monitor is not null)
            Monitor = monitor;
    }

    [Register(0x00, Access = Access.RO, Reset = BlobOffset)] public partial uint EDID_OFFSET { get; set; }
    [Register(0x04, Access = Access.RO, Reset = MaxSize)] public partial uint EDID_MAX_SIZE { get; set; }
    [Register(0x08, ResetOn = ResetOn.Cold)] public partial uint EDID_SIZE { get; set; }
    [OnRead(0x0c, Pure = true, Name = "MAX_XRES")] private uint MaxWidth() => (uint)_model.MaxWidth;
    [OnRead(0x10, Pure = true, Name = "MAX_YRES")] private uint MaxHeight() => (uint)_model.MaxHeight;
    [Register(0x14, ResetOn = ResetOn.Cold)] public partial LinkState LINK_STATE { get; set; }
    [RegisterArray(BlobOffset, MaxSize, ResetOn = ResetOn.Cold)] public partial RegisterArray<byte> Blob { get; }

    /// <summary>A monitor of this resolution is connected; <see langword="null"/> for none, or for one of the client's.</summary>
    public Resolution? Monitor
    {
        get => _monitor;
        set
        {
            _monitor = value?.Within(_model.MaxWidth, _model.MaxHeight);
            Connect();
        }
    }

    /// <summary>A byte of the connected monitor's EDID; 0 beyond it.</summary>
    public byte this[int index] => LINK_STATE == LinkState.Up && index < EDID_SIZE ? Blob[index] : (byte)0;

    [OnReset]
    private void Reset(ResetKind kind)
    {
        if (kind == ResetKind.Cold && _monitor is not null)
            Connect();
    }

    private void Connect()
    {
        byte[] edid = _monitor is { } monitor ? Edid.Of(monitor.Width, monitor.Height, "Mbochs") : [];
        for (int i = 0; i < edid.Length; i++)
            Blob[i] = edid[i];
        (EDID_SIZE, LINK_STATE) = ((uint)edid.Length, _monitor is null ? LinkState.Down : LinkState.Up);
    }
}
