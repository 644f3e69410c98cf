-- vfio-user in Wireshark: messages on LINKTYPE_USER0, and on LINKTYPE_USER1 the interrupts that `dotnet mdev trace --pcapng` records.
--
--   wireshark -X lua_script:docs/vfio-user.lua recording.pcapng
--
-- or copy it into the folder of personal Lua plugins (Help, About, Folders). Source of the layouts: QEMU, docs/interop/vfio-user.rst.

local commands = {
  [1] = "VERSION", [2] = "DMA_MAP", [3] = "DMA_UNMAP", [4] = "DEVICE_GET_INFO", [5] = "DEVICE_GET_REGION_INFO",
  [6] = "DEVICE_GET_REGION_IO_FDS", [7] = "DEVICE_GET_IRQ_INFO", [8] = "DEVICE_SET_IRQS", [9] = "REGION_READ", [10] = "REGION_WRITE",
  [11] = "DMA_READ", [12] = "DMA_WRITE", [13] = "DEVICE_RESET", [15] = "REGION_WRITE_MULTI", [16] = "DEVICE_FEATURE",
  [17] = "MIG_DATA_READ", [18] = "MIG_DATA_WRITE",
}
local types = { [0] = "command", [1] = "reply" }
local regions = {
  [0] = "BAR0", [1] = "BAR1", [2] = "BAR2", [3] = "BAR3", [4] = "BAR4", [5] = "BAR5", [6] = "ROM", [7] = "CONFIG", [8] = "VGA",
}
local interrupts = { [0] = "INTx", [1] = "MSI", [2] = "MSI-X", [3] = "ERR", [4] = "REQ" }
local errors = {
  [1] = "EPERM", [2] = "ENOENT", [5] = "EIO", [7] = "E2BIG", [11] = "EAGAIN", [12] = "ENOMEM", [13] = "EACCES", [14] = "EFAULT", [16] = "EBUSY",
  [17] = "EEXIST", [19] = "ENODEV", [22] = "EINVAL", [24] = "EMFILE", [25] = "ENOTTY", [28] = "ENOSPC", [95] = "ENOTSUP",
}

local proto = Proto("vfio_user", "vfio-user")
local f = proto.fields
f.id = ProtoField.uint16("vfio_user.id", "Message ID")
f.command = ProtoField.uint16("vfio_user.command", "Command", base.DEC, commands)
f.size = ProtoField.uint32("vfio_user.size", "Message size")
f.flags = ProtoField.uint32("vfio_user.flags", "Flags", base.HEX)
f.type = ProtoField.uint32("vfio_user.type", "Type", base.DEC, types, 0xf)
f.no_reply = ProtoField.bool("vfio_user.no_reply", "No reply wanted", 32, nil, 0x10)
f.is_error = ProtoField.bool("vfio_user.is_error", "Error", 32, nil, 0x20)
f.errno = ProtoField.uint32("vfio_user.errno", "Errno", base.DEC, errors)
f.region = ProtoField.uint32("vfio_user.region", "Region", base.DEC, regions)
f.offset = ProtoField.uint64("vfio_user.offset", "Offset", base.HEX)
f.address = ProtoField.uint64("vfio_user.address", "Address", base.HEX)
f.count = ProtoField.uint64("vfio_user.count", "Count")
f.value = ProtoField.uint64("vfio_user.value", "Value", base.HEX)
f.data = ProtoField.bytes("vfio_user.data", "Data")
f.payload = ProtoField.bytes("vfio_user.payload", "Payload")
f.request = ProtoField.framenum("vfio_user.request", "Request", base.NONE, frametype.REQUEST)
f.reply = ProtoField.framenum("vfio_user.reply", "Reply", base.NONE, frametype.RESPONSE)

local refused = ProtoExpert.new("vfio_user.refused", "Refused", expert.group.RESPONSE_CODE, expert.severity.NOTE)
local short = ProtoExpert.new("vfio_user.short", "Shorter than its layout", expert.group.MALFORMED, expert.severity.ERROR)
proto.experts = { refused, short }

-- Of each message its counterpart, found at the first pass: by id, which may come again after the reply.
local open, pairs_of = {}, {}
function proto.init()
  open, pairs_of = {}, {}
end

local function named(table, number, prefix)
  return table[number] or (prefix .. number)
end

local function add_value(tree, range)
  if range:len() == 0 then return "" end
  tree:add(f.data, range)
  if range:len() > 8 then return string.format(" %d bytes", range:len()) end
  tree:add_le(f.value, range)
  return string.format(" 0x%0" .. 2 * range:len() .. "s", range:le_uint64():tohex():sub(-2 * range:len()))
end

-- REGION_READ and REGION_WRITE: offset, region, count, and the data of whichever way they go.
local function dissect_access(buffer, tree, write)
  tree:add_le(f.offset, buffer(0, 8))
  tree:add_le(f.region, buffer(8, 4))
  tree:add_le(f.count, buffer(12, 4))
  local where = string.format("%s+%s", named(regions, buffer(8, 4):le_uint(), "region "), "0x" .. buffer(0, 8):le_uint64():tohex():gsub("^0+(%x)", "%1"))
  local value = buffer:len() > 16 and add_value(tree, buffer(16)) or ""
  local count = buffer(12, 4):le_uint()
  if value == "" then return where .. string.format(", %d byte%s", count, count == 1 and "" or "s") end
  return where .. (write and " <-" or " ->") .. value
end

-- DMA_READ and DMA_WRITE: address, count of 8 bytes, data.
local function dissect_dma(buffer, tree)
  tree:add_le(f.address, buffer(0, 8))
  tree:add_le(f.count, buffer(8, 8))
  if buffer:len() > 16 then tree:add(f.data, buffer(16)) end
  return "0x" .. buffer(0, 8):le_uint64():tohex()
end

local function dissect_payload(command, buffer, tree, pinfo)
  local text = ""
  if command == 9 or command == 10 then
    if buffer:len() < 16 then tree:add_proto_expert_info(short) else text = dissect_access(buffer, tree, command == 10) end
  elseif (command == 11 or command == 12) and buffer:len() >= 16 then
    text = dissect_dma(buffer, tree)
  elseif buffer:len() > 0 then
    tree:add(f.payload, buffer)
  end
  return text
end

local function link(pinfo, tree, id, command, is_reply)
  if not pinfo.visited then
    local key = id .. "/" .. command
    if is_reply and open[key] then
      pairs_of[pinfo.number], pairs_of[open[key]], open[key] = open[key], pinfo.number, nil
    elseif not is_reply then
      open[key] = pinfo.number
    end
  end
  local other = pairs_of[pinfo.number]
  if other then tree:add(is_reply and f.request or f.reply, other):set_generated() end
end

function proto.dissector(buffer, pinfo, root)
  if buffer:len() < 16 then return 0 end
  pinfo.cols.protocol = "vfio-user"
  local tree = root:add(proto, buffer())
  local id, command, flags = buffer(0, 2):le_uint(), buffer(2, 2):le_uint(), buffer(8, 4):le_uint()
  local is_reply, is_error = flags % 16 == 1, math.floor(flags / 32) % 2 == 1
  tree:add_le(f.id, buffer(0, 2))
  tree:add_le(f.command, buffer(2, 2))
  tree:add_le(f.size, buffer(4, 4))
  local flag_tree = tree:add_le(f.flags, buffer(8, 4))
  flag_tree:add_le(f.type, buffer(8, 4))
  flag_tree:add_le(f.no_reply, buffer(8, 4))
  flag_tree:add_le(f.is_error, buffer(8, 4))

  local text = named(commands, command, "command ") .. (is_reply and " reply" or "")
  if is_error then
    local item = tree:add_le(f.errno, buffer(12, 4))
    item:add_proto_expert_info(refused)
    text = text .. " " .. named(errors, buffer(12, 4):le_uint(), "errno ")
  end
  link(pinfo, tree, id, command, is_reply)
  if buffer:len() > 16 then text = text .. " " .. dissect_payload(command, buffer(16), tree, pinfo) end
  pinfo.cols.info = text
  tree:append_text(", " .. text)
  return buffer:len()
end

local irq = Proto("mdev_irq", "mdev interrupt")
irq.fields.index = ProtoField.uint32("mdev_irq.index", "Interrupt index", base.DEC, interrupts)
irq.fields.vector = ProtoField.uint32("mdev_irq.vector", "Vector")

function irq.dissector(buffer, pinfo, root)
  if buffer:len() < 8 then return 0 end
  pinfo.cols.protocol = "interrupt"
  local tree = root:add(irq, buffer())
  tree:add_le(irq.fields.index, buffer(0, 4))
  tree:add_le(irq.fields.vector, buffer(4, 4))
  pinfo.cols.info = string.format("%s %d", named(interrupts, buffer(0, 4):le_uint(), "index "), buffer(4, 4):le_uint())
  return 8
end

local encapsulations = DissectorTable.get("wtap_encap")
encapsulations:add(wtap.USER0, proto)
encapsulations:add(wtap.USER1, irq)
