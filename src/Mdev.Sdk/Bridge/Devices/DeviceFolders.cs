using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>Where the folders of instances are, of all host processes of a runtime directory.</summary>
/// <param name="Root">The folder above them, absolute.</param>
internal sealed record DeviceFolders(string Root)
{
    private const string Claims = ".live";

    /// <summary>Where they are in a runtime directory.</summary>
    public static string Below(string runtimeDirectory) => Path.Combine(runtimeDirectory, "bridge");

    /// <summary>An instance's folder.</summary>
    public string FolderOf(Guid uuid) => Path.Combine(Root, uuid.ToString());

    /// <summary>What an instance's live host process holds.</summary>
    public string ClaimOf(Guid uuid) => Path.Combine(Root, Claims, uuid.ToString());

    /// <summary>Makes what must be there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public void Make()
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(Root, Claims));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"Cannot make the bridge's folder {Root}: {e.Message}", e);
        }
    }

    /// <summary>Takes away what killed host processes have left. What belongs to a live one is never touched.</summary>
    /// <returns>The folders that were removed.</returns>
    public IReadOnlyList<string> Sweep()
    {
        using FolderLock? alone = FolderLock.TryTake(Root);
        return alone is null ? [] : SweepAlone();
    }

    /// <summary>As <see cref="Sweep"/>, for one who holds the lock.</summary>
    public IReadOnlyList<string> SweepAlone()
    {
        IReadOnlyList<string> dead = FindDead();
        foreach (string folder in dead)
        {
            // Not even a look at a live one's: its process may be stopped.
            if (FuseMount.StateOf(folder) != MountState.None)
                FuseMount.Detach(folder);
            Removal.OfFolder(folder);
        }
        foreach (string claim in FolderNames.In(Path.Combine(Root, Claims)).Select(name => Path.Combine(Root, Claims, name)))
        {
            if (!Claim.IsHeld(claim))
                Removal.OfFile(claim);
        }
        return dead;
    }

    /// <summary>The folders whose host process is gone.</summary>
    public IReadOnlyList<string> FindDead() =>
        [.. FolderNames.In(Root)
            .Where(name => Guid.TryParse(name, out _) && !Claim.IsHeld(Path.Combine(Root, Claims, name)))
            .Select(name => Path.Combine(Root, name))];
}
