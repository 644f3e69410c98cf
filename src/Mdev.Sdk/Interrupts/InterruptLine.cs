namespace Mdev.Sdk.Interrupts;

/// <summary>
/// What device code holds to interrupt the guest. The attributes on the property (<see cref="IntXAttribute"/>,
/// <see cref="MsiAttribute"/>, <see cref="MsiXAttribute"/>) say where it leads; which of them a signal takes is the client's choice. A line that nobody
/// listens to is silent.
/// </summary>
/// <remarks>Thread-safe; allocates nothing.</remarks>
public sealed class InterruptLine
{
    private Lock _gate = new();
    private IntxIndex? _intx;
    private MessageIndex? _msi;
    private int _vector;
    private MsixIndex? _msix;
    private int _msixVector;
    private DeferredLines? _access;
    private bool _asserted;
    private bool _held;

    // Pulsed while the device was stopped.
    private bool _pulsed;
    private int _highSources;
    private Func<bool>? _level;

    /// <summary>Whether the line is high; asked while a guest's access is under way, whether it was before.</summary>
    public bool IsHigh
    {
        get
        {
            lock (_gate)
                return _asserted;
        }
    }

    /// <summary>
    /// Raises the line, whatever its sources want. MSI and MSI-X signal once; INTx signals, and does so again each time the client unmasks it while the line
    /// is still high. Raising a line that is high does nothing.
    /// </summary>
    public void Assert() => Hold(true);

    /// <summary>Takes back <see cref="Assert"/>: the line is low, unless one of its sources holds it high.</summary>
    public void Deassert() => Hold(false);

    /// <summary>
    /// Signals once, without a level. On INTx a pulse is lost while the pin is masked, so a device that must not lose any
    /// uses <see cref="Assert"/>.
    /// </summary>
    public void Pulse()
    {
        lock (_gate)
        {
            if (_access is { Waits: true })
            {
                _pulsed = true;
                _access.Defer(this);
            }
            else if (_msix is { Active: true })
                _msix.Pulse(_msixVector);
            else if (_msi is { Active: true })
                _msi.Pulse(_vector);
            else
                _intx?.Pulse();
        }
    }

    /// <summary>Adds a reason for the line to be high. For the life of the line.</summary>
    public InterruptSource AddSource() => new(this);

    /// <summary>
    /// The line is high while <paramref name="level"/> says so: for a level that several registers make together, as a data sheet's
    /// interrupt logic does. It is asked after each access of the guest, each piece of posted work, timer, delivered byte and reset,
    /// once, so that no handler has to remember the line.
    /// </summary>
    /// <param name="level">
    /// Runs on the device's lock, changes nothing and allocates nothing; one that throws is logged and counted, and leaves the line as it
    /// is. State that changes elsewhere is seen at the next of these; a thread of the device's own uses <see cref="Device.VfioDevice.Post(Action)"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">The line follows something else.</exception>
    public void Follow(Func<bool> level)
    {
        ArgumentNullException.ThrowIfNull(level);
        lock (_gate)
        {
            if (_level is not null)
                throw new InvalidOperationException("The line follows another level already; make one of both.");
            _level = level;
            _access?.AddFollower(this);
        }
    }

    internal void SourceChanged(bool high)
    {
        lock (_gate)
        {
            _highSources += high ? 1 : -1;
            if (_access is { UnderWay: true })
                _access.Defer(this);
            else
                Settle();
        }
    }

    /// <summary>The next of the lines that wait for the end of an access.</summary>
    internal InterruptLine? NextDeferred { get; set; }

    /// <summary>Whether it waits for the end of an access.</summary>
    internal bool IsDeferred { get; set; }

    /// <summary>Whether device code holds it high, whatever its sources want.</summary>
    internal bool IsHeld => _held;

    /// <summary>Takes <see cref="IsHeld"/> from a saved state; the line follows at the end of the restoring.</summary>
    internal void RestoreHeld(bool held)
    {
        (_held, _pulsed) = (held, false);
        _access?.Defer(this);
    }

    /// <summary>The line follows what asks for it.</summary>
    internal void Settle()
    {
        if (_access is { Waits: true })
        {
            _access.Defer(this);
            return;
        }

        bool high = _held || _highSources > 0 || (_level is not null && LevelIsHigh());
        if (_asserted != high)
            Drive(high);
        if (_pulsed)
        {
            _pulsed = false;
            Pulse();
        }
    }

    internal void Connect(Lock gate, DeferredLines access, IntxIndex intx)
    {
        (_gate, _access, _intx) = (gate, access, intx);
        if (_level is not null)
            access.AddFollower(this);
    }

    internal void Connect(Lock gate, DeferredLines access, MessageIndex msi, int vector)
    {
        (_gate, _access, _msi, _vector) = (gate, access, msi, vector);
        if (_level is not null)
            access.AddFollower(this);
    }

    internal void Connect(Lock gate, DeferredLines access, MsixIndex msix, int vector)
    {
        (_gate, _access, _msix, _msixVector) = (gate, access, msix, vector);
        if (_level is not null)
            access.AddFollower(this);
    }

    private void Hold(bool held)
    {
        lock (_gate)
        {
            _held = held;
            Settle();
        }
    }

    private bool LevelIsHigh()
    {
        try
        {
            return _level!();
        }
        catch (Exception e)
        {
            _access?.LevelThrew(e);
            return _asserted;
        }
    }

    private void Drive(bool asserted)
    {
        _asserted = asserted;

        // A level that is restored was signalled before it was saved.
        bool signals = _access is not { IsRestoring: true };

        // Each follows the line also while another is in use, for a client that changes over; it is silent then.
        if (asserted)
        {
            _intx?.Raise();
            _msi?.Raise(_vector, signals);
            _msix?.Raise(_msixVector, signals);
        }
        else
        {
            _intx?.Lower();
            _msi?.Lower(_vector);
            _msix?.Lower(_msixVector);
        }
    }
}
