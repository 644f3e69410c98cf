namespace Mdev.Sdk.Interrupts;

/// <summary>
/// One of the reasons for an <see cref="InterruptLine"/> to be high: the line is, while any of its sources is. Generated for
/// <see cref="InterruptStatusAttribute"/>; device code that derives a level by itself may use it too.
/// </summary>
/// <remarks>
/// A source that changes during a guest's access takes effect at the end of it, so that what goes up and down again in between
/// is no interrupt. Used on the device's lock.
/// </remarks>
public sealed class InterruptSource
{
    private readonly InterruptLine _line;
    private bool _high;

    internal InterruptSource(InterruptLine line) => _line = line;

    /// <summary>Whether this source wants the line to be high.</summary>
    public bool High
    {
        get => _high;
        set
        {
            if (_high == value)
                return;
            _high = value;
            _line.SourceChanged(value);
        }
    }
}
