namespace Mdev.Sdk.State;

/// <summary>What can be saved and restored; the generator makes register blocks so.</summary>
public interface IStateful
{
    /// <summary>Writes what it remembers; nothing unless it says otherwise.</summary>
    void SaveState(StateWriter writer) { }

    /// <summary>Checks or restores what <see cref="SaveState"/> wrote, as the reader says. Runs no handler.</summary>
    void LoadState(ref StateReader reader) { }
}
