using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>What a device remembers, as bytes: for another process, or another machine, that goes on with it.</summary>
public abstract partial class VfioDevice
{
    // What all forms begin with: the letters MDEV, and a number that changes when this file's part of the form does.
    private const ulong Form = 0x0000_0001_5645_444d;
    private const ulong LinesForm = 0x01, FieldsForm = 0x02, RegionForm = 0x100;

    /// <summary>
    /// Writes the device's state: config space, registers, members with <see cref="SavedAttribute"/>, and lines that device code
    /// holds high. What the client has connected (memory, eventfds), timers and posted work are not in it.
    /// </summary>
    /// <remarks>Thread-safe; the whole is taken between two accesses. Allocates.</remarks>
    public void SaveState(IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var writer = new StateWriter();
        lock (Gate)
        {
            writer.Begin(Form);
            for (int index = 0; index < _regions.Length; index++)
            {
                if (_regions[index] is not { } region)
                    continue;
                writer.Begin(RegionForm + (uint)index);
                region.SaveState(writer);
                writer.End();
            }

            writer.Begin(FieldsForm);
            SaveFields(writer);
            writer.End();
            writer.Begin(LinesForm);
            SaveLines(writer);
            writer.End();
            writer.End();
        }

        writer.Write(sizeof(ulong), Checksum(writer.Written));
        destination.Write(writer.Written);
    }

    /// <summary>
    /// Restores what <see cref="SaveState"/> wrote, in this process or another one, for a device of the same declaration. All of it is
    /// checked before anything changes. No handler runs; interrupt lines follow at the end: a level that was high is high again, and no
    /// message is sent for it a second time.
    /// </summary>
    /// <param name="state">The bytes.</param>
    /// <param name="problem">Why not, as a sentence.</param>
    /// <returns>Whether the device has that state now; otherwise it is as it was.</returns>
    /// <remarks>Thread-safe. Whatever the bytes are, it throws nothing.</remarks>
    public bool TryLoadState(ReadOnlySpan<byte> state, [NotNullWhen(false)] out string? problem)
    {
        if (state.Length < sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(state[^sizeof(ulong)..]) != Checksum(state[..^sizeof(ulong)]))
        {
            problem = "These bytes are no saved state, or not all of one, or they have changed.";
            return false;
        }

        ReadOnlySpan<byte> form = state[..^sizeof(ulong)];
        lock (Gate)
        {
            var check = new StateReader(form, apply: false);
            Load(ref check);
            problem = check.Problem;
            if (problem is not null)
                return false;

            Deferred.Begin();
            Deferred.IsRestoring = true;
            try
            {
                var apply = new StateReader(form, apply: true);
                Load(ref apply);
                RunGuarded(StateLoaded);
            }
            finally
            {
                Deferred.End();
                Deferred.IsRestoring = false;
            }
        }
        return true;
    }

    /// <summary>
    /// Runs on the device's lock at the end of <see cref="TryLoadState"/>, for what follows from the state and is not saved: a timer that
    /// must run again, a far end that must know. What it throws is logged and counted.
    /// </summary>
    protected virtual void StateLoaded() { }

    /// <summary>Writes the members with <see cref="SavedAttribute"/>; generated.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual void SaveFields(StateWriter writer) { }

    /// <summary>Restores them; generated.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual void LoadFields(ref StateReader reader) { }

    private protected virtual void SaveLines(StateWriter writer) { }

    private protected virtual void LoadLines(ref StateReader reader) { }

    private void Load(ref StateReader reader)
    {
        if (!reader.Begin("the device", Form))
            return;
        for (int index = 0; index < _regions.Length; index++)
        {
            if (_regions[index] is not { } region)
                continue;
            if (!reader.Begin($"region {index}", RegionForm + (uint)index))
                return;
            region.LoadState(ref reader);
            reader.End();
        }

        if (!reader.Begin("the device's own members", FieldsForm))
            return;
        LoadFields(ref reader);
        reader.End();
        if (!reader.Begin("the interrupt lines", LinesForm))
            return;
        LoadLines(ref reader);
        reader.End();
        reader.End();
    }

    // FNV-1a: against accidents, not against whoever means harm; what they write is checked like everything else.
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in bytes)
            hash = unchecked((hash ^ value) * 0x100_0000_01b3);
        return hash;
    }
}
