namespace Mdev.Sdk.VfioUser;

/// <summary>Buffers that have grown to a large message become small again when nobody needs them large.</summary>
internal sealed partial class MessageStream
{
    private const int IdleMilliseconds = 1000;

    // So many small ones after a large one, and the next large one is no longer near.
    private const int MostSmall = 1000;

    private int _smallInRow;

    /// <summary>Bytes that the buffers have room for.</summary>
    public int Capacity => _in.Capacity + _out.Capacity + _sender.Capacity;

    // Nothing is in them, and they are larger than a connection needs that goes about its daily work.
    private bool MayShrink => _start == _end && (_in.Capacity > InitialCapacity || _out.Capacity > InitialCapacity || _sender.Capacity > InitialCapacity);

    // A message came or went.
    private void Note(uint size) => _smallInRow = size > InitialCapacity ? 0 : _smallInRow + 1;

    private void Shrink()
    {
        _start = _end = 0;
        _in.Shrink(InitialCapacity);
        _out.Shrink(InitialCapacity);
        _sender.Shrink(InitialCapacity);
    }
}
