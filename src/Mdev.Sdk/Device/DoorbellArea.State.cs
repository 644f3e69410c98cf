using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>Beside their bytes, what each doorbell held when it was last taken: one that was rung since is still to be taken.</summary>
public sealed partial class DoorbellArea
{
    private const uint NoMore = uint.MaxValue;

    internal override void SaveState(StateWriter writer)
    {
        base.SaveState(writer);
        writer.Write(sizeof(uint), (ulong)_next);
        for (int index = 0; index < _seen.Length; index++)
        {
            if (_seen[index] == 0)
                continue;
            writer.Write(sizeof(uint), (ulong)index);
            writer.Write((int)_width, _seen[index]);
        }

        writer.Write(sizeof(uint), NoMore);
    }

    internal override void LoadState(ref StateReader reader)
    {
        base.LoadState(ref reader);
        bool applies = reader.Next(sizeof(uint), out ulong next);
        if (next >= (ulong)_seen.Length)
            reader.Refuse("The saved state looks next at a doorbell that is not there.");
        if (applies)
        {
            _next = (int)next;
            Array.Clear(_seen);
        }

        for (ulong least = 0; !reader.Fails; least++)
        {
            reader.Next(sizeof(uint), out ulong index);
            if (reader.Fails || index == NoMore)
                return;
            if (index < least || index >= (ulong)_seen.Length)
            {
                reader.Refuse("The saved state has a doorbell that is not there, or not in its place.");
                return;
            }

            least = index;
            if (reader.Next((int)_width, out ulong seen))
                _seen[(int)index] = seen;
        }
    }
}
