using System.Buffers;
using System.Diagnostics;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Migration;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>
/// VFIO's migration: the device stops, its state goes to the client, and another device of the same declaration is given it and goes
/// on. Asked for by the client, one command at a time.
/// </summary>
public abstract partial class VfioDevice
{
    // The whole state is known when the device has stopped, and its registers are nothing beside a guest's memory: PRE_COPY, in which
    // a device sends ahead what will not change, would have nothing to send. QEMU wants STOP_COPY and takes PRE_COPY as a gift.
    internal const MigrationSupport SupportedMigration = MigrationSupport.StopCopy;

    // What a state of other registers and members may take beyond this one's.
    private const int StateSlack = 1 << 20;

    private OutgoingState? _outgoing;
    private IncomingState? _incoming;
    private bool _stopped;

    /// <summary>
    /// Whether clients may migrate the device; <see langword="true"/> unless it says otherwise, as one does whose state is not all in
    /// registers, memory and members with <see cref="SavedAttribute"/>.
    /// </summary>
    protected internal virtual bool IsMigratable => true;

    /// <summary>Where in a migration the device is.</summary>
    internal MigrationState MigrationState { get; private set; } = MigrationState.Running;

    /// <summary>Whether it has been told to change nothing, inside or outside.</summary>
    internal bool IsStopped => _stopped;

    /// <summary>Goes to another state, arc by arc.</summary>
    /// <returns>EINVAL if there is no way, or for a state from the client that is none. The device is where the last good arc led to, or in ERROR.</returns>
    internal Errno SetMigrationState(MigrationState target)
    {
        using Activity? activity = Activities.Start("mdev.migrate", Uuid);
        activity?.SetTag("mdev.migration.from", MigrationState.ToString()).SetTag("mdev.migration.to", target.ToString());
        Errno error = GoTo(target);
        if (error != Errno.None)
            activity.Fail(error);
        return error;
    }

    private Errno GoTo(MigrationState target)
    {
        if (target == MigrationState.Error)
            return Errno.EINVAL;
        while (MigrationState != target)
        {
            if (!MigrationArcs.TryNext(MigrationState, target, SupportedMigration, out MigrationState next))
                return Errno.EINVAL;
            Errno error = Go(next);
            if (error != Errno.None)
                return error;
            MigrationState = next;
        }
        return Errno.None;
    }

    /// <summary>Hands out the next bytes of the saved state.</summary>
    /// <param name="destination">Receives as many as there are and it has room for.</param>
    /// <param name="count">How many; fewer than there is room for at the end.</param>
    /// <returns>EINVAL unless in STOP_COPY.</returns>
    internal Errno ReadMigrationData(Span<byte> destination, out int count)
    {
        count = _outgoing?.Take(destination) ?? 0;
        return _outgoing is null ? Errno.EINVAL : Errno.None;
    }

    /// <summary>Takes the next bytes of a state.</summary>
    /// <returns>EINVAL unless in RESUMING; ENOSPC for more than any state of this device has.</returns>
    internal Errno WriteMigrationData(ReadOnlySpan<byte> source)
    {
        if (_incoming is not { } incoming)
            return Errno.EINVAL;
        return incoming.TryAdd(source) ? Errno.None : Errno.ENOSPC;
    }

    /// <summary>A reset by the client: it leads from every state to RUNNING. Source: linux/vfio.h, "VFIO_DEVICE_STATE_ERROR".</summary>
    internal void ResetByClient()
    {
        using Activity? activity = Activities.Start("mdev.reset", Uuid);
        lock (Gate)
        {
            Counters.ResetsByClient++;
            _observer?.OnReset();
        }
        Reset();
        EndMigration();
        GoOn();
    }

    /// <summary>The device is as it was made, its memory too: the next client learns nothing of the one that has gone.</summary>
    internal void ResetForNextClient()
    {
        Reset(ResetKind.Cold);
        EndMigration();
        GoOn();
    }

    /// <summary>A client has come: the device runs for it, also where the one before has left it stopped.</summary>
    internal void AdmitClient()
    {
        GiveInterruptsToClient();
        GoOn();
    }

    // What is under way belongs to the client. The device stays stopped: a client that goes after a migration has left the device
    // to run elsewhere.
    private void AbandonMigration()
    {
        if (MigrationState == MigrationState.Running)
            return;
        if (MigrationState != MigrationState.Stop)
            DeviceLog.MigrationAbandoned(Logger, Uuid);
        EndMigration();
    }

    private void EndMigration()
    {
        (_outgoing, _incoming) = (null, null);
        if (_stopped)
            MigrationState = MigrationState.Stop;
    }

    private Errno Go(MigrationState next) => (MigrationState, next) switch
    {
        (MigrationState.Running, MigrationState.Stop) => Stop(),
        (MigrationState.Stop, MigrationState.Running) => GoOn(),
        (MigrationState.Stop, MigrationState.StopCopy) => Save(),
        (MigrationState.StopCopy, MigrationState.Stop) => Forget(),
        (MigrationState.Stop, MigrationState.Resuming) => Expect(),
        (MigrationState.Resuming, MigrationState.Stop) => Load(),
        _ => Errno.EINVAL,
    };

    // What does not end in time goes on where it can do no more harm than a guest's own processors: it reaches no register
    // that counts any more.
    private Errno Stop()
    {
        // A guest that does not run any more has rung by then.
        TakeRings();
        QuiesceAsync(QuiesceReason.Stop).GetAwaiter().GetResult();
        lock (Gate)
        {
            _stopped = true;
            Deferred.IsStopped = true;
            foreach (IntxIndex level in Interrupts.Levels)
                level.Stopped = true;
        }
        DeviceLog.Stopped(Logger, Uuid);
        return Errno.None;
    }

    private Errno GoOn()
    {
        lock (Gate)
        {
            if (!_stopped)
                return Errno.None;
            (_stopped, MigrationState) = (false, MigrationState.Running);
            Deferred.IsStopped = false;
            Interrupts.DeliverWaiting();
            foreach (IntxIndex level in Interrupts.Levels)
                level.Stopped = false;
            Deferred.End();

            foreach (DeviceTimer timer in _timers)
                timer.Resume();
            GetToWork();
            Resume();
        }
        DeviceLog.Resumed(Logger, Uuid);
        return Errno.None;
    }

    private Errno Save()
    {
        var bytes = new ArrayBufferWriter<byte>();
        try
        {
            SaveState(bytes);
        }
        catch (Exception e)
        {
            DeviceLog.StateNotSaved(Logger, e, Uuid);
            return e is InvalidOperationException ? Errno.E2BIG : Errno.EIO;
        }
        _outgoing = new OutgoingState(bytes.WrittenMemory);
        DeviceLog.StateSaved(Logger, Uuid, bytes.WrittenCount);
        return Errno.None;
    }

    private Errno Forget()
    {
        _outgoing = null;
        return Errno.None;
    }

    // A client could otherwise have this process keep whatever it likes.
    private Errno Expect()
    {
        var now = new ArrayBufferWriter<byte>();
        try
        {
            SaveState(now);
        }
        catch (InvalidOperationException)
        {
            // So large that the limit of all states decides.
        }

        // Of memory, all pages may be in it, each with its number.
        long memory = _memories.Sum(m => m.Capacity + (m.Capacity / 512));
        _incoming = new IncomingState(Math.Min(Array.MaxLength, memory + (2L * now.WrittenCount) + StateSlack));
        return Errno.None;
    }

    // A client that has written nothing has changed its mind: the device is as it was.
    private Errno Load()
    {
        ReadOnlySpan<byte> state = _incoming!.Bytes;
        if (!state.IsEmpty)
        {
            if (!TryLoadState(state, out string? problem))
            {
                DeviceLog.StateRefused(Logger, Uuid, state.Length, problem);
                _incoming = null;
                MigrationState = MigrationState.Error;
                return Errno.EINVAL;
            }
            DeviceLog.StateLoaded(Logger, Uuid, state.Length);
        }
        _incoming = null;
        return Errno.None;
    }

    // A stopped device takes no guest's writes; config space is also the client's own. Source: linux/vfio.h, "RUNNING_P2P -> STOP".
    internal bool TakesWrite(uint region, ulong offset, int count) =>
        IsInside(region, offset, count) && (!_stopped || IsConfigRegion(region));

    private protected virtual bool IsConfigRegion(uint region) => false;
}
