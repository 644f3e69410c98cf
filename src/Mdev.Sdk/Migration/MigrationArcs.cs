namespace Mdev.Sdk.Migration;

/// <summary>
/// VFIO's state machine of migration: a client asks for any state, and the device gets there arc by arc. Source: linux/vfio.h,
/// "enum vfio_device_mig_state".
/// </summary>
/// <remarks>
/// The arcs are RUNNING and STOP, STOP and STOP_COPY, STOP and RESUMING, RUNNING and PRE_COPY, all in both directions, and from PRE_COPY
/// to STOP_COPY. Other pairs are the shortest way that leads through no state in which something is saved. From one of those into
/// the other backwards there is none: what was saved would have to be taken back.
/// </remarks>
internal static class MigrationArcs
{
    /// <summary>The next state on the way.</summary>
    /// <param name="from">Where the device is.</param>
    /// <param name="to">Where it is to go; another state.</param>
    /// <param name="support">What it can do.</param>
    /// <param name="next">One arc from <paramref name="from"/>.</param>
    /// <returns>Whether there is a way.</returns>
    public static bool TryNext(MigrationState from, MigrationState to, MigrationSupport support, out MigrationState next)
    {
        next = MigrationState.Error;
        if (from == to || !Exists(from, support) || !Exists(to, support))
            return false;
        MigrationState? found = (from, to) switch
        {
            (MigrationState.StopCopy, MigrationState.PreCopy) => null,
            (MigrationState.Running, MigrationState.PreCopy) => to,
            (MigrationState.Running, _) => MigrationState.Stop,
            (MigrationState.PreCopy, MigrationState.StopCopy) => to,
            (MigrationState.PreCopy, _) => MigrationState.Running,
            (MigrationState.Stop, MigrationState.PreCopy) => MigrationState.Running,
            (MigrationState.Stop, _) => to,
            _ => MigrationState.Stop,
        };
        next = found.GetValueOrDefault();
        return found is not null;
    }

    // ERROR is none that can be asked for, nor left by asking; the peer to peer ones no device of this SDK has.
    private static bool Exists(MigrationState state, MigrationSupport support) => state switch
    {
        MigrationState.Stop or MigrationState.Running => true,
        MigrationState.StopCopy or MigrationState.Resuming => support.HasFlag(MigrationSupport.StopCopy),
        MigrationState.PreCopy => support.HasFlag(MigrationSupport.PreCopy),
        _ => false,
    };
}
