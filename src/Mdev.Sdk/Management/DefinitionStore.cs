using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Management;

/// <summary>
/// The definitions of a machine or user, in mdevctl's layout: <c>FOLDER/PARENT/UUID</c>. Several processes may read and
/// write at once, mdevctl among them. Source: mdevctl(8), "Configuration file format".
/// </summary>
/// <param name="folder">The folder; it need not exist.</param>
internal sealed class DefinitionStore(string folder)
{
    // Not a UUID's first character, so that no listing takes a file half written for a definition.
    private const string TemporaryPrefix = ".new-";

    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>
    /// <c>$MDEV_CONFIG_DIR</c>, else mdevctl's own <c>/etc/mdevctl.d</c> for root, else <c>mdevctl.d</c> in
    /// <c>$XDG_CONFIG_HOME</c>, which is <c>~/.config</c> where it is not set.
    /// </summary>
    public static string DefaultFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MDEV_CONFIG_DIR") is { Length: > 0 } own)
                return Path.GetFullPath(own);
            return Environment.IsPrivilegedProcess
                ? "/etc/mdevctl.d"
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "mdevctl.d");
        }
    }

    /// <summary>Where the definitions are.</summary>
    public string Folder { get; } = folder;

    /// <summary>The file of a definition.</summary>
    /// <exception cref="MdevException">EINVAL: no folder can have the parent's name.</exception>
    public string PathOf(string parent, Guid uuid) => Path.Combine(FolderOf(parent), uuid.ToString());

    /// <summary>Reads all definitions, or those of one parent.</summary>
    /// <remarks>A folder that does not exist holds none.</remarks>
    public DefinitionList Read(string? parent = null)
    {
        List<Definition> definitions = [];
        List<DefinitionProblem> problems = [];
        try
        {
            foreach (string name in parent is null ? Parents() : [parent])
                ReadParent(name, definitions, problems);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            problems.Add(new(Folder, FileErrors.Sentence($"Cannot read {Folder}", e).Message));
        }
        return new DefinitionList(definitions, problems);
    }

    /// <summary>The parents under which a UUID is defined, whether the file can be read or not.</summary>
    /// <exception cref="MdevException">The folder cannot be read.</exception>
    public IReadOnlyList<string> ParentsOf(Guid uuid)
    {
        try
        {
            return [.. Parents().Where(parent => File.Exists(PathOf(parent, uuid)))];
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.Sentence($"Cannot read {Folder}", e);
        }
    }

    /// <summary>Reads one definition.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    /// <exception cref="MdevException">EINVAL: the file is no definition. Or it cannot be read.</exception>
    public Definition? Find(string parent, Guid uuid)
    {
        string path = PathOf(parent, uuid);
        return File.Exists(path) ? ReadFile(path, parent, uuid) : null;
    }

    /// <summary>Reads what is to become a definition from a file anywhere.</summary>
    /// <exception cref="MdevException">EINVAL: the file is no definition. Or it cannot be read.</exception>
    public static Definition ReadFile(string path, string parent, Guid uuid)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] text = new byte[DefinitionReader.MaxSize + 1];
            int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            return length <= DefinitionReader.MaxSize
                ? DefinitionReader.Read(path, parent, uuid, text.AsSpan(0, length))
                : throw new MdevException(Errno.E2BIG, $"{path} has more than {DefinitionReader.MaxSize} bytes and is no definition.");
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.Sentence($"Cannot read {path}", e);
        }
    }

    /// <summary>Writes a definition that is new.</summary>
    /// <exception cref="MdevException">EEXIST: there is one. Or it cannot be written, and nothing has changed.</exception>
    public void Add(Definition definition) => Write(definition, mayReplace: false);

    /// <summary>Writes a definition, in the place of what was there.</summary>
    /// <exception cref="MdevException">It cannot be written, and what was there still is.</exception>
    public void Save(Definition definition) => Write(definition, mayReplace: true);

    /// <summary>Removes a definition.</summary>
    /// <exception cref="MdevException">ENOENT: there is none. Or it cannot be removed.</exception>
    public void Remove(string parent, Guid uuid)
    {
        string path = PathOf(parent, uuid);
        try
        {
            if (!File.Exists(path))
                throw new MdevException(Errno.ENOENT, $"Device {uuid} is not defined under {parent}: there is no {path}.");
            using FolderLock alone = FolderLock.Take(FolderOf(parent));
            File.Delete(path);
            alone.Flush();
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.Sentence($"Cannot remove {path}", e);
        }
    }

    private static bool IsDefinition(string name, out Guid uuid) =>
        UuidText.TryParseExact(name, out uuid) && name == uuid.ToString();

    private string FolderOf(string parent) =>
        parent is not ("" or "." or "..") && !parent.Contains('/') && !parent.Contains('\0')
            ? Path.Combine(Folder, parent)
            : throw new MdevException(Errno.EINVAL, $"'{parent}' is no parent's name.");

    // mdevctl's older versions keep their scripts here, and a name with a dot in front is no parent's.
    private IEnumerable<string> Parents() =>
        !Directory.Exists(Folder) ? [] : Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)!)
            .Where(name => name != "scripts.d" && name[0] != '.').Order(StringComparer.Ordinal);

    private void ReadParent(string parent, List<Definition> definitions, List<DefinitionProblem> problems)
    {
        string folder = FolderOf(parent);
        string[] files;
        try
        {
            files = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            problems.Add(new(folder, FileErrors.Sentence($"Cannot read {folder}", e).Message));
            return;
        }

        foreach (string path in files.Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (name[0] == '.')
                continue;
            if (!IsDefinition(name, out Guid uuid))
            {
                problems.Add(new(path, $"{path} is not named by a UUID in lower case, so it is no definition; move it elsewhere."));
                continue;
            }

            try
            {
                definitions.Add(ReadFile(path, parent, uuid));
            }
            catch (MdevException e)
            {
                problems.Add(new(path, e.Message));
            }
        }
    }

    // A reader, and whoever comes after a loss of power, finds the old file or the new one, whole. Source: rename(2), fsync(2).
    private void Write(Definition definition, bool mayReplace)
    {
        string path = PathOf(definition.Parent, definition.Uuid), folder = FolderOf(definition.Parent);
        string temporary = Path.Combine(folder, TemporaryPrefix + definition.Uuid);
        try
        {
            Directory.CreateDirectory(folder, FolderMode);
            using FolderLock alone = FolderLock.Take(folder);
            RemoveLeftovers(folder);
            if (!mayReplace && File.Exists(path))
                throw new MdevException(Errno.EEXIST, $"Device {definition.Uuid} is defined under {definition.Parent} already, in {path}.");

            try
            {
                using (SafeFileHandle file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    RandomAccess.Write(file, DefinitionJson.Write(definition), fileOffset: 0);
                    RandomAccess.FlushToDisk(file);
                }
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
            alone.Flush();
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.Sentence($"Cannot write {path}, nothing has changed", e);
        }
    }

    // Of a process that was killed half-way: whoever holds the lock is alone here.
    private static void RemoveLeftovers(string folder)
    {
        foreach (string left in Directory.GetFiles(folder, TemporaryPrefix + "*"))
            File.Delete(left);
    }
}
