using Mdev.Sdk.State;

namespace Mdev.Sdk.Interrupts;

/// <summary>
/// Entries' masks are saved with the table, in whose bytes an entry that nobody has written looks masked; the function mask is config
/// space's, which may be loaded before or after.
/// </summary>
internal sealed partial class MsixIndex
{
    public override void SaveState(StateWriter writer)
    {
        base.SaveState(writer);
        _byEntry.SaveState(writer);
    }

    public override void LoadState(ref StateReader reader)
    {
        base.LoadState(ref reader);
        _byEntry.LoadState(ref reader);
        if (reader.Applies)
            RestoreMasks();
    }

    /// <summary>Takes the function mask from a saved state, and lets nothing through.</summary>
    public void RestoreFunctionMask(bool masked)
    {
        _function = masked;
        RestoreMasks();
    }

    private void RestoreMasks()
    {
        for (int vector = 0; vector < Count; vector++)
            RestoreMasked(vector, IsMasked(vector));
    }
}
