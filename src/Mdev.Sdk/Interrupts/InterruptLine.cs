namespace Mdev.Sdk.Interrupts;

/// <summary>
/// What device code holds to interrupt the guest. The attributes on the property (<see cref="IntXAttribute"/>,
/// <see cref="MsiAttribute"/>) say where it leads; which of them a signal takes is the client's choice. A line that nobody
/// listens to is silent.
/// </summary>
/// <remarks>Thread-safe; allocates nothing.</remarks>
public sealed class InterruptLine
{
    private Lock _gate = new();
    private IntxIndex? _intx;
    private MessageIndex? _msi;
    private int _vector;
    private bool _asserted;

    /// <summary>
    /// Raises the line. MSI signals once; INTx signals, and does so again each time the client unmasks it while the line
    /// is still high. Raising a line that is high does nothing.
    /// </summary>
    public void Assert() => SetLevel(true);

    /// <summary>Lowers the line. Lowering a line that is low does nothing.</summary>
    public void Deassert() => SetLevel(false);

    /// <summary>
    /// Signals once, without a level. On INTx a pulse is lost while the pin is masked, so a device that must not lose any
    /// uses <see cref="Assert"/>.
    /// </summary>
    public void Pulse()
    {
        lock (_gate)
        {
            if (_msi is { Active: true })
                _msi.Signal(_vector);
            else
                _intx?.Pulse();
        }
    }

    internal void Connect(Lock gate, IntxIndex intx) => (_gate, _intx) = (gate, intx);

    internal void Connect(Lock gate, MessageIndex msi, int vector) => (_gate, _msi, _vector) = (gate, msi, vector);

    private void SetLevel(bool asserted)
    {
        lock (_gate)
        {
            if (_asserted == asserted)
                return;
            _asserted = asserted;

            // The pin follows the line also while MSI is in use, for a client that goes back to INTx; it is silent then.
            if (!asserted)
                _intx?.Lower();
            else
                _intx?.Raise();
            if (asserted && _msi is { Active: true })
                _msi.Signal(_vector);
        }
    }
}
